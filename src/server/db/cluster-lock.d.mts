/** What taking the lock met: taken (release gives it up), held by another pid, or a folder that refuses. */
export type LockOutcome =
  | { state: 'taken'; release: () => void }
  | { state: 'held'; pid: number }
  | { state: 'refused'; code: string };

/** Takes the lock of a data folder; within one process it may be taken again. */
export function takeLock(dataDir: string): Promise<LockOutcome>;

/** The pid that holds the data folder now, or null. */
export function askHolder(dataDir: string): Promise<number | null>;
