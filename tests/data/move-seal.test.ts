/** What a 搬 code opens, and the keys that it brings. */
import { describe, expect, it } from 'vitest';
import { openMove, sealMove, type MoveContent } from '#data/move-seal.ts';
import { moveLookup, newMoveCode } from '#domain/move-code.ts';
import { toBase64Url } from '#lib/base64.ts';
import { ME, admission, createTestLedger, OTHER } from '#tests/support/test-ledger.ts';

const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
const { subtle } = crypto;
const code = newMoveCode(random);
const content: MoveContent = {
  keys: [random.bytes(32), random.bytes(32)].map(toBase64Url),
  where: 'office',
  notice: 1,
};
const seal = (by = code) => sealMove({ subtle, random }, { code: by, person: ME }, content);

describe('what is sealed under a code', () => {
  it('opens by that code for that person, and by nothing else', async () => {
    const text = await seal();
    expect(await openMove(subtle, { code, person: ME }, text)).toEqual(content);
    expect(await openMove(subtle, { code: newMoveCode(random), person: ME }, text)).toBeNull();
    expect(await openMove(subtle, { code: moveLookup(code), person: ME }, text)).toBeNull();
    expect(await openMove(subtle, { code, person: OTHER }, text)).toBeNull();
  });

  it('opens not when a character was changed, cut or is of a later format', async () => {
    const text = await seal();
    const flipped = `${text.slice(0, 40)}${text[40] === 'A' ? 'B' : 'A'}${text.slice(41)}`;
    for (const broken of [flipped, text.slice(0, -4), '', '%', `Ag${text.slice(2)}`])
      expect(await openMove(subtle, { code, person: ME }, broken)).toBeNull();
  });

  it('is another text each time, and shows neither code nor key', async () => {
    const [one, two] = [await seal(), await seal()];
    expect(one).not.toBe(two);
    for (const secret of [code, ...content.keys]) expect(one).not.toContain(secret);
  });
});

describe('somebody who is admitted with keys', () => {
  it('has them from the first record on; whoever is here already keeps their own', async () => {
    const { ledger } = createTestLedger();
    const keys = [random.bytes(32), random.bytes(32)];
    expect(await ledger.admit(admission(), 0, keys)).toMatchObject({
      key: keys[0],
      older: [keys[1]],
    });
    const again = await ledger.admit(admission({ device: 'next' }), 0, [random.bytes(32)]);
    expect(again).toMatchObject({ device: 'next', key: keys[0], older: [keys[1]] });
  });
});
