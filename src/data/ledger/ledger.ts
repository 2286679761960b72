/**
 * What the rest of the app may do with the ledger: the database of people and their records.
 *
 * Promises. `write` answers ok only after the record was committed with strict durability and read
 * back: then and only then a screen may say 已存到手機. Records are never updated, only their way
 * to the server is noted. Every call without a person in its arguments speaks of the current one.
 */
import type { Dexie } from 'dexie';
import type { Foldable } from '#domain/fold.ts';
import type { Result } from '#lib/result.ts';
import type { LedgerSync } from './ledger-sync.ts';
import type { Admission, Person } from './person.ts';

/**
 * saved: on this phone alone · sent: written here, the server has a receipt for it ·
 * received: came from the server · refused: the server will not take it, kept apart with a reason.
 */
export type RecordState = 'saved' | 'sent' | 'received' | 'refused';

/** A record as screens and folds see it: self records with their true kind, day, at and body. */
export interface LedgerRecord extends Foldable<unknown> {
  scope: string;
  device: string;
  /** Server time minus the phone's when it was written, ms, and how old that was; null where it was not known. */
  offset: number | null;
  offsetAge: number | null;
  state: RecordState;
  /** Why it was refused; null otherwise. A short code. */
  reason: string | null;
  /** Why it waits for a person (待核對); null when it does not, or no longer (read.ts). */
  confirm: string | null;
  /** base64url; names this record where another has its id too. */
  hash: string;
}
export type SavedRecord = LedgerRecord;

export interface DraftRecord {
  kind: string;
  /** Left out for self kinds: the person's own scope. */
  scope?: string;
  subject?: string | null;
  body: unknown;
  /** Given when other drafts name it before it is written; else made here. */
  id?: string;
}

export const WRITE_ERRORS = [
  'write.unknown-kind',
  'write.body',
  'write.scope',
  'write.writer',
  'write.too-large',
  'write.no-person',
  'write.no-crypto',
  'write.not-kept',
  'write.full',
  'write.failed',
  'storage.none',
  'storage.failed',
] as const;
/** Why nothing was saved; each has a text in locales/ under `errors`. */
export type WriteError = (typeof WRITE_ERRORS)[number];

/** No IndexedDB at all (private window, blocked cookies), or one that does not open. */
export type StorageError = 'storage.none' | 'storage.failed';

export interface RecordQuery {
  /** One kind or several. */
  kind?: string | readonly string[];
  scope?: string;
  subject?: string;
}

/** How the storage under a ledger fares. */
export interface StorageWatch {
  /** Calls back when the database stops opening (false) and whenever it was opened again (true). */
  follow(listener: (opens: boolean) => void): () => void;
  /** What puts back what a database that came back empty has lost. */
  onEmptied(mend: () => Promise<unknown>): void;
  /** Whether the browser said that it had thrown away what was stored. */
  lostData(): boolean;
}

/** A query that is run again whenever what it read has changed. */
export interface Live<T> {
  subscribe(
    observer: ((value: T) => void) | { next(value: T): void; error?(problem: unknown): void },
  ): { unsubscribe(): void };
}

export interface Ledger {
  /** Everybody on this phone, in the order of joining. */
  people(): Promise<Person[]>;
  /** Whose records are on the screen; null before anybody joined. */
  current(): Promise<Person | null>;
  /**
   * Adds a person after joining and makes them current; one who is here already keeps key and records.
   * `reached`: the seq up to which this device has written before; 0 where it is new. `keys`: those that
   * another device of the person has told, the present one first; left out where there is none.
   * `beside`: whoever else is on the screen stays there.
   */
  admit(
    admission: Admission,
    reached?: number,
    keys?: readonly Person['key'][],
    place?: 'front' | 'beside',
  ): Promise<Person>;
  /** Changes whose records are on the screen; unknown ids change nothing. */
  setCurrent(person: string): Promise<void>;
  /** Draws a curtain of four digits before the current person's screens, or takes it away (curtain.ts). */
  drawCurtain(digits: string | null): Promise<void>;

  /** Saves one record of the current person; never throws. */
  write(draft: DraftRecord): Promise<Result<SavedRecord, WriteError>>;
  /** Saves all in one transaction, or none. */
  writeAll(drafts: readonly DraftRecord[]): Promise<Result<SavedRecord[], WriteError>>;
  /** The current person's records that match, refused ones included, in no promised order. */
  records(query?: RecordQuery): Promise<LedgerRecord[]>;
  /** What the server refused of the current person's records, in the order of writing. */
  refused(): Promise<LedgerRecord[]>;
  /** How many records of the current person the server has no receipt for. */
  unsent(): Promise<number>;

  /**
   * Runs `read` in one transaction: it sees one moment, and each query costs less. It may await nothing
   * but this ledger, and writes nothing.
   */
  atOnce<T>(read: () => Promise<T>): Promise<T>;
  /** Runs `query` now and again whenever what it read has changed, in any tab. */
  live<T>(query: () => Promise<T>): Live<T>;

  /** Keeps a small value under a name for the current person (for the phone when nobody joined). */
  keep(name: string, value: unknown): Promise<void>;
  /** The kept value, or null. */
  kept<T>(name: string): Promise<T | null>;

  /** For the sync engine alone. */
  readonly sync: LedgerSync;
  /** For `databaseOf` (database.ts) alone; null where there is none. */
  readonly database: Dexie | null;
  /** How the connection to it fares, for main.ts and the mirror. */
  readonly connection: StorageWatch;
  /** Ends the connection to the database. */
  close(): void;
}
