/**
 * Four digits before one's own screens on a phone that several people use: a curtain and not a lock
 * (PRODUCT.md, "Who"). Whoever can open the browser's store passes it by, and it encrypts nothing; the
 * screen that offers it says so. A new invitation takes it away, for whoever has forgotten it.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import type { Random } from '#lib/random.ts';
import type { LedgerDatabase } from './database.ts';
import { currentPerson } from './people.ts';
import type { Person } from './person.ts';

/** So many digits make a curtain. */
export const CURTAIN_DIGITS = 4;

const SALT_BYTES = 8;

/** Draws the curtain before the current person's screens, or takes it away (null). */
export async function drawCurtain(
  { db, random }: { db: LedgerDatabase; random: Random },
  digits: string | null,
): Promise<void> {
  const salt = random.bytes(SALT_BYTES);
  const curtain = digits === null ? undefined : `${toBase64Url(salt)}.${digestOf(salt, digits)}`;
  await db.transaction('rw', db.people, db.meta, async () => {
    const person = await currentPerson(db);
    if (person) await db.people.update(person.person, { curtain });
  });
}

/** Whether these digits open the person's curtain. */
export function opensCurtain({ curtain }: Pick<Person, 'curtain'>, digits: string): boolean {
  const [salt = '', digest] = (curtain ?? '').split('.');
  return digest === digestOf(fromBase64Url(salt) ?? new Uint8Array(0), digits);
}

function digestOf(salt: Uint8Array, digits: string): string {
  return toBase64Url(sha256(concatBytes(salt, utf8ToBytes(digits))));
}
