import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { checkCodeOf, rollHash, spacedCheckCode, type CheckedRoll } from '#domain/check-code.ts';

const id = (n: number) => `0190c3c4-0000-7000-8000-${String(n).padStart(12, '0')}`;
const roll: CheckedRoll = {
  activity: id(1),
  headcount: 3,
  paper: 1,
  lines: [
    { person: id(12), state: 'leave', record: id(22) },
    { person: id(11), state: 'present', record: id(21) },
    { person: id(13), state: 'none', record: id(23) },
    { person: id(14), state: 'online', record: id(24) },
  ],
};

describe('a check code', () => {
  it('is what anybody computes from the ids alone, without the app', () => {
    const text = [
      ...['rixue-roll-1', id(1), '3', '1'],
      ...[`${id(11)} present ${id(21)}`, `${id(12)} leave ${id(22)}`, `${id(14)} online ${id(24)}`],
    ];
    const hash = createHash('sha256')
      .update(`${text.join('\n')}\n`)
      .digest();
    let bits = BigInt(`0x${hash.toString('hex').slice(0, 15)}`);
    let code = '';
    for (let i = 0; i < 12; i += 1, bits >>= 5n)
      code = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[Number(bits & 31n)] + code;
    expect(checkCodeOf(roll)).toBe(code);
    expect(rollHash(roll)).toBe(hash.toString('base64url'));
  });

  it('never changes its form: papers that are in a drawer keep their code', () => {
    expect(spacedCheckCode(checkCodeOf(roll))).toBe('33KJ-NZ7C-NJZW');
    expect(spacedCheckCode(checkCodeOf({ ...roll, lines: [] }))).toBe('6JG9-EFYR-Q15P');
  });

  it('does not depend on the order of the lines', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...roll.lines], { minLength: 4 }), (lines) => {
        expect(checkCodeOf({ ...roll, lines })).toBe(checkCodeOf(roll));
      }),
      { seed: 5, numRuns: 20 },
    );
  });

  it('passes over whoever was taken back, and tells everything else apart', () => {
    const [first, ...rest] = roll.lines;
    const changed: CheckedRoll[] = [
      { ...roll, activity: id(2) },
      { ...roll, headcount: 4 },
      { ...roll, paper: 0 },
      { ...roll, lines: rest },
      { ...roll, lines: [{ ...first!, state: 'present' }, ...rest] },
      { ...roll, lines: [{ ...first!, record: id(25) }, ...rest] },
      { ...roll, lines: [{ ...first!, person: id(15) }, ...rest] },
    ];
    const codes = [roll, ...changed].map(checkCodeOf);
    expect(new Set(codes).size).toBe(codes.length);
    const without = roll.lines.filter(({ state }) => state !== 'none');
    expect(checkCodeOf({ ...roll, lines: without })).toBe(checkCodeOf(roll));
  });
});
