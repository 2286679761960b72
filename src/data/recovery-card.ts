/**
 * Taking a person's own study back with the recovery card, or with what another device has told.
 * Promises: the key that comes is the person's present one from now on, so that the card in the drawer
 * stays good for what comes; what was written on this phone before stays readable, here and for whoever
 * has that key; another device that has the key of before reads what comes, for the new one is told
 * under it; nothing is deleted.
 */
import { toBase64Url } from '#lib/base64.ts';
import type { Random } from '#lib/random.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { OLDER_KEY_KIND, type OlderKeyBody } from '#domain/bodies/older-key.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import { databaseOf } from './ledger/database.ts';
import { isSame, learnKeys, takeKey } from './ledger/keyring.ts';
import type { Ledger, WriteError } from './ledger/ledger.ts';
import { createSelfCipher } from './ledger/self-cipher.ts';

/** How many records it opened, and how many still wait for another key. */
export interface Regained {
  opened: number;
  closed: number;
}

export interface RecoveryDeps {
  ledger: Ledger;
  crypto: { readonly subtle?: SubtleCrypto };
  random: Random;
}

/** Uses the key of a card for the current person, or of another device, with the `older` ones it has. */
export async function regain(
  { ledger, crypto, random }: RecoveryDeps,
  key: Uint8Array<ArrayBuffer>,
  older: readonly Uint8Array<ArrayBuffer>[] = [],
): Promise<Result<Regained, WriteError>> {
  const db = databaseOf(ledger);
  const person = await ledger.current();
  if (!person) return fail('write.no-person');
  if (!db) return fail('storage.none');
  const cipher = createSelfCipher({ subtle: crypto.subtle, random });
  if (!isSame(person.key, key)) {
    const said = await ledger.write(keyDraft(key));
    if (!said.ok) return said;
  }
  await takeKey(db, person.person, key, older);
  const opened = await learnKeys({ db, cipher }, person.person);
  const told = await tellOlder(ledger);
  return told.ok ? ok({ opened, closed: await countClosed(ledger) }) : told;
}

/** How many of the current person's own records no key of this phone opens. */
export async function countClosed(ledger: Pick<Ledger, 'records'>): Promise<number> {
  return (await ledger.records({ kind: SELF_KIND })).length;
}

/** Tells every other key under the present one, once each. */
async function tellOlder(ledger: Ledger): Promise<Result<unknown, WriteError>> {
  const { older = [] } = (await ledger.current()) ?? {};
  const records = await ledger.records({ kind: OLDER_KEY_KIND });
  const told = records.map(({ body }) => (body as OlderKeyBody).key);
  const drafts = older.filter((each) => !told.includes(toBase64Url(each))).map(keyDraft);
  return drafts.length > 0 ? ledger.writeAll(drafts) : ok(null);
}

function keyDraft(key: Uint8Array) {
  return { kind: OLDER_KEY_KIND, body: { key: toBase64Url(key) } };
}
