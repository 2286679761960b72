/** The lock of a data folder while this process has it. */
export interface Lock {
  /** Gives the folder up; the end of the process does so too. */
  release: () => void;
  /** Tells the next starter that this process is about to end and worth waiting for. */
  ending: () => void;
}

/** What taking the lock met: taken, held by another pid, or a folder that refuses (the system's code). */
export type LockOutcome =
  ({ state: 'taken' } & Lock) | { state: 'held'; pid: number } | { state: 'refused'; code: string };

/** Takes the lock of a data folder; within one process it may be taken again. */
export function takeLock(dataDir: string): Promise<LockOutcome>;

/** Makes a folder, open to its owner alone, and those above it; throws what the file system refuses. */
export function makeFolder(dir: string): void;
