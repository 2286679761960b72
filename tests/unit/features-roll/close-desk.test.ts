import { describe, expect, it } from 'vitest';
import { createCloseDesk } from '#features/roll/close-desk.ts';
import { fail, ok } from '#lib/result.ts';
import { DAY, meeting, phone } from '#tests/support/desk-phones.ts';

const SCOPE = 'branch';
const opened = {
  ...{ id: meeting.id, kind: 'activity', subject: null, author: 'secretary', device: 'd', seq: 0 },
  ...{ n: 1, at: 0, day: DAY, body: { type: 'lecture', title: '党课', starts: meeting.starts } },
};

/** The desk of one phone whose person keeps the roll, or does not. */
function setUp(role: 'secretary' | 'member' = 'secretary') {
  const one = phone('secretary');
  let full = false;
  const ledger = {
    current: async () => ({ person: 'secretary', grants: [{ scope: SCOPE, role }] }),
    records: async ({ kind = [] }: { kind?: string | readonly string[] }) =>
      [opened, ...one.held]
        .filter((row) => [kind].flat().includes(row.kind))
        .map((row) => ({ ...row, scope: SCOPE, state: 'saved' as const })),
    write: async (draft: { kind: string; body: object }) => {
      if (full) return fail('write.full' as const);
      one.write(draft.kind, null, draft.body);
      return ok(null);
    },
  };
  const desk = createCloseDesk(ledger, meeting.id);
  return { one, desk, fill: () => (full = true) };
}

describe('ending a roll call', () => {
  it('A-03 asks about a difference and writes nothing, until a person has said that it stays so', async () => {
    const { one, desk } = setUp();
    for (let i = 0; i < 40; i += 1) one.tap(`p${i}`);
    expect(await desk.close(25, false)).toEqual({ ok: false, error: 15 });
    expect(one.closing()).toBeNull();
    expect((await desk.close(25, true)).ok).toBe(true);
    expect(one.closing()).toMatchObject({ headcount: 25, difference: 15, asClosed: true });
  });

  it('ends once by a trembling finger, and again where the roll or the count is another by now', async () => {
    const { one, desk } = setUp();
    const closings = () => one.held.filter(({ kind }) => kind === 'closing').length;
    one.tap('a');
    await desk.close(1, false);
    await desk.close(1, false);
    expect(closings()).toBe(1);
    await desk.close(2, true);
    one.tap('b');
    await desk.close(2, false);
    expect(closings()).toBe(3);
    expect(one.closing()).toMatchObject({ headcount: 2, asClosed: true, difference: 0 });
  });

  it('is taken back while only this phone has it, and never after', async () => {
    const { one, desk } = setUp();
    await desk.close(0, false);
    await desk.reopen();
    expect(one.closing()).toBeNull();
    await desk.close(0, false);
    one.held.splice(0, one.held.length, ...one.held.map((row, i) => ({ ...row, n: i + 1 })));
    expect(await desk.reopen()).toEqual({ ok: true, value: null });
    expect(one.closing()).not.toBeNull();
  });

  it('looks at what others amended, never at the own, in as many records as it takes', async () => {
    const { one, desk } = setUp();
    await desk.close(0, false);
    one.tap('own');
    const others = Array.from({ length: 70 }, (_, i) => one.tap(`p${i}`)!);
    const ids = new Set(others.map(({ id }) => id));
    const rows = one.held.map((row) => (ids.has(row.id) ? { ...row, author: 'committee' } : row));
    one.held.splice(0, one.held.length, ...rows);
    await desk.look();
    const open = one.closing()?.amended.filter((line) => line.open.length > 0);
    expect(open?.map(({ subject }) => subject)).toEqual(['own']);
    expect(one.held.filter(({ kind }) => kind === 'looked')).toHaveLength(2);
  });

  it('says when nothing was kept, and writes nothing for whoever does not keep the roll', async () => {
    const { one, desk, fill } = setUp();
    fill();
    expect(await desk.close(0, false)).toEqual({ ok: false, error: 'write.full' });
    expect(one.closing()).toBeNull();
    const other = setUp('member');
    expect(await other.desk.close(0, false)).toEqual({ ok: false, error: 'gone' });
    expect(other.one.held).toEqual([]);
  });
});
