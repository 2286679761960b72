import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import {
  CODE_SLOT_MS,
  codeSlot,
  digitsSlot,
  hallDigits,
  hallProof,
  hallSecret,
} from '#domain/hall-code.ts';
import { hallCodeText, readHallCode } from '#domain/hall-text.ts';
import { HALL_PREFIX, memberCodeText, readScanned } from '#domain/qr-codes.ts';
import { toBase32 } from '#lib/base32.ts';

const key = new Uint8Array(32).fill(7);
const [a, b, d1, d2] = [1, 2, 3, 4].map((n) => `01890000-0000-7000-8000-00000000000${n}`) as [
  string,
  string,
  string,
  string,
];

describe('the hall code', () => {
  const secret = hallSecret(key, a, d1);

  it('can be made again from the branch key alone, and differs by activity and by displaying device', () => {
    expect(hallSecret(key, a, d1)).toEqual(secret);
    expect(hallSecret(key, b, d1)).not.toEqual(secret);
    expect(hallSecret(key, a, d2)).not.toEqual(secret);
  });

  it('changes every 15 seconds, the digits every five minutes', () => {
    expect(codeSlot(CODE_SLOT_MS - 1)).toBe(0);
    expect(codeSlot(CODE_SLOT_MS)).toBe(1);
    expect(digitsSlot(299_999)).toBe(0);
    expect(hallProof(secret, 1)).not.toBe(hallProof(secret, 2));
    expect(hallDigits(secret, 1)).not.toBe(hallDigits(secret, 2));
  });

  it('has 80 bits of proof and always six digits', () => {
    expect(hallProof(secret, 1)).toMatch(/^[0-9A-Z]{16}$/);
    for (let slot = 0; slot < 2_000; slot += 1) expect(hallDigits(secret, slot)).toMatch(/^\d{6}$/);
  });

  const code = {
    ...({ activity: a, device: d1, type: 'lecture', slot: 119_666_666 } as const),
    ...{ starts: 1_795_000_020_000, proof: hallProof(secret, 1) },
  };
  const text = hallCodeText(code);

  it('is said in a QR of version 4 at most, and read back as it was', () => {
    expect(text).toMatch(/^[0-9A-Z:]+$/);
    expect(encode(text, { ecc: 'M' }).version).toBeLessThanOrEqual(4);
    expect(readScanned(text)).toEqual({ type: 'hall', text });
    expect(readHallCode(text)).toEqual(code);
    const latest = { ...code, type: 'red-route', slot: 2 ** 32 - 1 } as const;
    expect(readHallCode(hallCodeText(latest))).toEqual(latest);
  });

  it('of a later version with a type that nobody knows here is read all the same', () => {
    const bytes = new Uint8Array(51);
    bytes[32] = 200;
    expect(readHallCode(HALL_PREFIX + toBase32(bytes))?.type).toBe('other');
  });

  it.each([
    ['is cut short', text.slice(0, -1)],
    ['is longer', `${text}0`],
    ['has a letter that is none of ours', `${text.slice(0, -4)}U${text.slice(-3)}`],
    ['is in small letters', HALL_PREFIX + text.slice(HALL_PREFIX.length).toLowerCase()],
    ['is a member’s card', memberCodeText('0123456789ABCDEF')],
    ['is nothing', ''],
  ])('says nothing where it %s', (_, mangled) => {
    expect(readHallCode(mangled)).toBeNull();
  });
});

describe('a scanned text', () => {
  it('is a member’s card when it is one of ours', () => {
    expect(readScanned(memberCodeText('0123456789ABCDEF'))).toEqual({
      type: 'member',
      card: '0123456789ABCDEF',
    });
  });

  it.each([
    ['a shop’s code', 'https://example.org/pay?x=1'],
    ['a mangled card', 'RIXUE:M:0123'],
    ['nothing', ''],
    ['a very long text', 'A'.repeat(5_000)],
  ])('is foreign when it is %s', (_name, text) => {
    expect(readScanned(text)).toEqual({ type: 'foreign' });
  });

  it('is told apart when it is an invitation', () => {
    expect(readScanned('https://county.example/join#abc')).toEqual({ type: 'invitation' });
  });
});
