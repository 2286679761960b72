import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { PERIODS, retentionBody } from '#domain/bodies/retention.ts';
import { isErasable } from '#domain/erasure.ts';
import type { KindRule } from '#domain/kind-rule.ts';
import { KINDS } from '#domain/kinds.ts';
import { foldKeeping, foldRetention, keptSince, USUAL } from '#domain/retention.ts';

const TODAY = '2026-11-26';
const record = (kind: string, n: number, body: unknown) => ({
  ...{ id: `r${n}`, kind, subject: null, author: 'a', seq: n, n, at: n, day: TODAY, body },
});
const set = (n: number, from: string, rolls: number) =>
  record('retention', n, { from, rolls, messages: 3, logs: 184 });

describe('how long things are kept', () => {
  it('is the usual where nobody has set anything', () => {
    expect(foldRetention([], TODAY)).toEqual({ ...USUAL, from: null });
    expect(foldKeeping([])).toEqual(USUAL);
    expect(USUAL).toEqual({ rolls: 10, messages: 3, logs: 184 });
  });

  it('is what was set last of what has begun, whatever order the records come in', () => {
    const records = [set(1, '2026-01-01', 12), set(2, TODAY, 20), set(3, '2026-11-27', 5)];
    expect(foldRetention(records.toReversed(), TODAY)).toMatchObject({ rolls: 20, from: TODAY });
    expect(foldRetention(records, '2026-11-27').rolls).toBe(5);
    expect(foldRetention([set(1, TODAY, 12), set(2, TODAY, 15)], TODAY).rolls).toBe(15);
  });

  it('X-21 is never shorter than its floor, whatever a record says', () => {
    const short = { rolls: 0, messages: 0, logs: 1 };
    const floor = { rolls: 2, messages: 1, logs: 184 };
    expect(foldRetention([record('retention', 1, { from: TODAY, ...short })], TODAY)).toMatchObject(
      floor,
    );
    expect(foldKeeping([record('keeping', 1, short)])).toEqual(floor);
    for (const part of ['rolls', 'messages', 'logs'] as const) {
      const body = { from: TODAY, ...USUAL, [part]: PERIODS[part].least - 1 };
      expect(v.is(retentionBody, body), part).toBe(false);
    }
  });

  it('a branch goes by what it was told last', () => {
    const told = [record('keeping', 2, { ...USUAL, rolls: 30 }), record('keeping', 1, USUAL)];
    expect(foldKeeping(told).rolls).toBe(30);
  });
});

describe('the first day that is kept', () => {
  it('is the same day so many years ago', () => {
    expect(keptSince(USUAL, TODAY)).toEqual({
      rolls: '2016-11-26',
      messages: '2023-11-26',
      logs: '2026-05-26',
      came: '2026-10-26',
    });
  });

  it('X-21 keeps what happened on a leap day until its years are full, and never goes too early on one', () => {
    expect(keptSince(USUAL, '2026-02-28').rolls <= '2016-02-29').toBe(true);
    expect(keptSince(USUAL, '2026-03-01').rolls > '2016-02-29').toBe(true);
    expect(keptSince(USUAL, '2028-02-29').rolls).toBe('2018-02-28');
    expect(keptSince({ ...USUAL, rolls: 4 }, '2028-02-29').rolls).toBe('2024-02-29');
  });
});

it('only what may be erased goes by age, and no self record', () => {
  for (const [kind, rule] of Object.entries(KINDS) as [string, KindRule][])
    if (rule.ages)
      expect([isErasable(kind), rule.audience === 'self'], kind).toEqual([true, false]);
});
