/**
 * Schema 2 of the database `ledger`, frozen: SHA-256 is all that it imports, and a later version is
 * another file beside it.
 *
 * Promises. Additive: tables, keys and indexes of schema 1 stay, so that an app of schema 1 that finds
 * this database (an older build was put back; a tab was left open) goes on with it. Nothing that has no
 * receipt is touched, unless somebody had it erased.
 *
 * erasures key [owner+scope+id]. {owner, scope, id}: what an erasure has named, whether its record is
 *          here or still to come
 * records  of an erased one: {erased: H(salt ‖ body), salt '', text '{}', topic 'erased', inner
 *          {kind 'erased', body null, …}}; header, hash and head as before. By topic and inner an app of
 *          schema 1 takes it for a kind that it does not know, and folds nothing of it.
 *
 * The upgrade applies the erasures that an app of schema 1 had kept as a kind that it does not know.
 */
import { sha256 } from '@noble/hashes/sha2.js';

export const stores = { erasures: '[owner+scope+id]' };

/** What Dexie hands to an upgrade, as far as it is used here. */
interface Upgrading {
  table(name: string): {
    filter(test: (row: Row) => boolean): {
      toArray(): Promise<Row[]>;
      modify(change: (row: Row) => void): PromiseLike<unknown>;
    };
    bulkPut(rows: object[]): PromiseLike<unknown>;
  };
}

interface Row {
  owner: string;
  scope: string;
  id: string;
  kind: string;
  v: number;
  day: string;
  at: number;
  offset: number | null;
  offsetAge: number | null;
  topic: string;
  salt: string;
  text: string;
  inner: unknown;
  confirm: string | null;
  erased?: string;
}

/** What no erasure takes, of the kinds that schema 1 knew. */
const STAYS = ['self', 'role', 'erasure', 'invitation', 'branch', 'about', 'presence-key'];

export async function upgrade(tx: Upgrading): Promise<void> {
  const records = tx.table('records');
  const erasures = await records
    .filter(({ topic, confirm }) => topic === 'erasure' && confirm === null)
    .toArray();
  const named = erasures.flatMap(({ owner, scope, text }) =>
    idsIn(text).map((id) => ({ owner, scope, id })),
  );
  if (named.length === 0) return;
  await tx.table('erasures').bulkPut(named);
  const keys = new Set(named.map(keyOf));
  await records.filter((row) => !STAYS.includes(row.kind) && keys.has(keyOf(row))).modify(erase);
}

function keyOf({ owner, scope, id }: Pick<Row, 'owner' | 'scope' | 'id'>): string {
  return `${owner} ${scope} ${id}`;
}

/** None where the text is not what the server lets through. */
function idsIn(text: string): string[] {
  try {
    const { records } = JSON.parse(text) as { records?: unknown };
    return Array.isArray(records) ? records.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

function erase(row: Row): void {
  const { v, day, at, offset, offsetAge } = row;
  const salt = Uint8Array.from(atob(row.salt.replace(/-/g, '+').replace(/_/g, '/')), codeOf);
  const body = new TextEncoder().encode(row.text);
  const hash = sha256(Uint8Array.from([...salt, ...body]));
  const erased = btoa(String.fromCharCode(...hash));
  row.erased = erased.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  row.inner = { kind: 'erased', v, day, at, offset, offsetAge, body: null };
  Object.assign(row, { salt: '', text: '{}', topic: 'erased' });
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}
