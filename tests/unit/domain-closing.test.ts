import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { CheckInState } from '#domain/bodies/attendance.ts';
import { foldClosing } from '#domain/closing.ts';
import { county, DAY, meeting, phone } from '#tests/support/desk-phones.ts';

describe('a closing', () => {
  it('stands with who closed it, how many were counted and the code of what it holds', () => {
    const one = phone('secretary');
    one.tap('a');
    one.tap('b', 'online');
    expect(one.closing()).toBeNull();
    const { id } = one.close(1);
    expect(one.closing()).toMatchObject({
      ...{ record: id, by: 'secretary', day: DAY, headcount: 1, later: false },
      ...{ asClosed: true, difference: 0, amended: [], reopens: [id] },
    });
    expect(one.closing()?.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
  });

  it('is opened again while only this phone has it, by a record, and closes anew', () => {
    const one = phone('secretary');
    one.close(0);
    one.reopen();
    expect(one.closing()).toBeNull();
    one.tap('late');
    one.close(1);
    expect(one.closing()).toMatchObject({ headcount: 1, asClosed: true, amended: [] });
    county().sync(one);
    expect(one.closing()?.reopens).toBeNull();
    expect(one.held.map(({ kind }) => kind)).toEqual([
      ...['closing', 'reopening', 'check-in', 'closing'],
    ]);
  });

  it('is not what waits for a person, was declined or is of another meeting', () => {
    const one = phone('secretary');
    const closing = one.close(0);
    for (const change of [
      { confirm: 'after-revocation' },
      { declined: true },
      { body: null },
      { body: { ...(closing.body as object), activity: 'another' } },
    ])
      expect(foldClosing(meeting, [{ ...closing, ...change }])).toBeNull();
  });

  it('by another phone on a later day, when the first one was lost, says that it was made up later', () => {
    const [lost, other] = [phone('secretary'), phone('committee')];
    const server = county();
    lost.tap('a');
    lost.close(1);
    other.write('check-in', 'a', { state: 'present', how: 'paper' }, '2026-11-25');
    other.close(1, '2026-11-25');
    server.sync(other);
    expect(other.closing()).toMatchObject({ by: 'committee', day: '2026-11-25', later: true });
    server.sync(lost, other);
    expect(lost.closing()).toEqual(other.closing());
  });

  it('after midnight of the same evening was not made up later', () => {
    const one = phone('secretary');
    one.close(0, '2026-11-24');
    const afternoon = { ...meeting, starts: Date.parse('2026-11-23T07:00:00Z') };
    expect(foldClosing(meeting, one.held)).toMatchObject({ later: false });
    expect(foldClosing(afternoon, one.held)).toMatchObject({ later: true });
  });
});

describe('two desks that closed one activity without knowing of each other', () => {
  it('end with the same roll, closing and code on both phones and the server, however they sync', () => {
    const act = fc.oneof(
      fc.record({
        who: fc.nat(1),
        tap: fc.constantFrom('a', 'b', 'c'),
        as: fc.constantFrom<CheckInState>('present', 'leave', 'online', 'none'),
      }),
      fc.record({ who: fc.nat(1), paper: fc.nat(3) }),
      fc.record({ who: fc.nat(1), close: fc.nat(4) }),
      fc.record({ who: fc.nat(1), reopen: fc.constant(true) }),
      fc.record({ who: fc.nat(1), look: fc.constant(true) }),
      fc.record({ who: fc.nat(1), sync: fc.constant(true) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 24 }), fc.infiniteStream(fc.nat()), (acts, dice) => {
        const phones = [phone('secretary'), phone('committee')];
        const server = county();
        for (const one of acts) {
          const at = phones[one.who]!;
          if ('tap' in one) at.tap(one.tap, one.as);
          if ('paper' in one) at.write('paper-count', null, { here: one.paper });
          if ('close' in one) at.close(one.close);
          if ('reopen' in one && at.closing()?.reopens) at.reopen();
          if ('look' in one) {
            const open = (at.closing()?.amended ?? []).flatMap((line) => line.open);
            const others = open.filter(({ by }) => by !== at.author);
            if (others.length > 0)
              at.write('looked', null, { records: others.map(({ record }) => record) });
          }
          if ('sync' in one) server.sync(at);
        }
        server.sync(...phones, ...phones);
        const [first, second] = phones.map(({ held }) => foldClosing(meeting, held));
        expect(second).toEqual(first);
        const shuffled = [...server.rows, ...server.rows.slice(0, 3)]
          .map((row) => ({ row, key: dice.next().value ?? 0 }))
          .sort((x, y) => x.key - y.key)
          .map(({ row }) => row);
        const there = foldClosing(meeting, shuffled);
        expect(there && { ...there, amended: byLine(there.amended) }).toEqual(
          first && { ...first, amended: byLine(first.amended) },
        );
      }),
      { seed: 41, numRuns: 60 },
    );
  });
});

const byLine = (lines: readonly { subject: string | null }[]) =>
  lines.map((line) => JSON.stringify(line)).sort();
