/**
 * What the sync engine may do with the ledger. Each verb is one transaction: after a cut there is
 * either all of it or nothing.
 */
import type { ScopeView } from '#domain/audience.ts';
import type { Grant } from '#domain/roles.ts';
import type { ClockOffset } from '#lib/clock.ts';
import type { WireRecord } from '#protocol/record.ts';
import type { Cursor, Page, ResultRun } from '#protocol/sync.ts';
import type { Person } from './person.ts';

/** A place in one view of one scope. */
export type ViewCursor = ScopeView & Cursor;

export interface UnsentBatch {
  /** In the order of seq. */
  records: WireRecord[];
  /** Seq of the last one; 0 when there is none. */
  upTo: number;
  /** Chain head at `upTo`, base64url; null where it is not known. */
  head: string | null;
  /** The latest refused records of the chain up to there: the server may lack their hashes. */
  refused: { seq: number; hash: string }[];
}

export interface LeaseLook {
  taken: boolean;
  /** How often the lease was taken or renewed; a beat that stands still has no living holder. */
  beat: number;
}

export interface LedgerSync {
  people(): Promise<Person[]>;
  /** The oldest unsent records of a person with a seq above `after` (0 when left out), `limit` at most. */
  listUnsent(person: Person, limit: number, after?: number): Promise<UnsentBatch>;
  countUnsent(person: string): Promise<number>;
  /** Where each of the person's views stands; views without a row stand at the start. */
  listCursors(person: Person): Promise<ViewCursor[]>;
  /**
   * Rows and cursor of a page together. `from` is the cursor that was sent: where another tab has
   * moved on meanwhile, the rows are taken and the cursor stays (it never goes back).
   * Answers how many rows were new here.
   */
  applyPage(person: Person, page: Page, from: Cursor): Promise<number>;
  /**
   * Notes receipts and refusals; answers how many records stopped being unsent. Like a page they
   * count for nothing where another tab has begun a new epoch meanwhile.
   */
  applyResults(person: Person, runs: readonly ResultRun[]): Promise<number>;
  /**
   * Replaces the grants and empties the views that they no longer give. True when there is more to
   * ask for at once: own rows that were removed with an earlier role.
   */
  applyGrants(person: Person, grants: Grant[]): Promise<boolean>;
  /** A server that was restored: every cursor to 0 and every own record unsent again. */
  beginEpoch(person: Person, epoch: string): Promise<void>;
  /** Notes what an answer told beside rows. */
  noteAnswer(person: Person, told: { offset: ClockOffset; caughtUp: boolean }): Promise<void>;
  /** See lease.ts. */
  takeLease(name: string, holder: string, dead: number | null): Promise<LeaseLook>;
  dropLease(name: string, holder: string): Promise<void>;
  /**
   * A signing key for a device that has none, to be given to the server (`NEW_KEY` is kept until it
   * has it); the person as they are then. Another tab's key stays.
   */
  keepSigning(person: Person, signing: CryptoKeyPair): Promise<Person>;
  /**
   * Goes on under another device id, token and key, and from the start of every view: rows that
   * another phone wrote under the old id never came here. False, and nothing happens, while anything
   * waits under the old one.
   */
  takeDevice(person: Person, next: Pick<Person, 'device' | 'token' | 'signing'>): Promise<boolean>;
  keepFor(person: string, name: string, value: unknown): Promise<void>;
  keptFor<T>(person: string, name: string): Promise<T | null>;
}
