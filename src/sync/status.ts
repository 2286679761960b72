/**
 * How sync stands, for screens: a plain observable store without Vue.
 * Promise: `syncing` never outlives an attempt, whose limits end it within a minute; a blip is
 * `waiting`, never `trouble`. `trouble` means that waiting alone will not help.
 */
import type { ErrorCode } from '#protocol/errors.ts';

/** idle: nothing to do · syncing: a request is under way · waiting: tries again by itself · trouble: a person must act. */
export type SyncState = 'idle' | 'syncing' | 'waiting' | 'trouble';

export interface SyncStanding {
  state: SyncState;
  /** When everything was last in step with the server, phone time in ms; null when never. */
  lastDone: number | null;
  /** Why it waits or is in trouble; null otherwise. */
  code: ErrorCode | null;
}

export interface SyncStatus {
  get(): SyncStanding;
  /** Calls back after each change; the answer ends it. */
  subscribe(listener: (standing: SyncStanding) => void): () => void;
  /** Tries at once, because a person asked for it; nothing before the engine has started. */
  nudge(): void;
}

/** The writing side, for the engine alone. */
export interface SyncStatusStore extends SyncStatus {
  set(change: Partial<SyncStanding>): void;
  /** What `nudge` calls from now on; null: nothing. */
  onNudge(run: (() => void) | null): void;
}

/** Key for provide and inject: `inject<SyncStatus>(syncStatusKey)`. */
export const syncStatusKey = Symbol('sync-status');

/** A store that starts idle and has never been in step. */
export function createSyncStatus(): SyncStatusStore {
  let standing: SyncStanding = { state: 'idle', lastDone: null, code: null };
  let nudged: (() => void) | null = null;
  const listeners = new Set<(standing: SyncStanding) => void>();
  return {
    get: () => standing,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    nudge: () => nudged?.(),
    onNudge(run) {
      nudged = run;
    },
    set(change) {
      standing = { ...standing, ...change };
      for (const listener of listeners) listener(standing);
    },
  };
}
