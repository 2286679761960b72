/** A secretary hands over: what that gives and ends on the server. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Grant } from '#domain/roles.ts';
import {
  adminSecret,
  codes,
  HANDED_OVER,
  newPair,
  rolesIn,
  SINCE,
  startHandover,
} from '#tests/support/handover.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { joinWire, newId } from '#tests/support/wire-device.ts';

let writes: Awaited<ReturnType<typeof startHandover>>;
let server: (typeof writes)['server'];
let branch: string;
type Device = Awaited<ReturnType<typeof newPair>>['old'];
let old: Device;
let next: Device;

beforeAll(async () => {
  writes = await startHandover();
  ({ server, branch } = writes);
});
afterAll(() => server.stop());
beforeEach(async () => {
  ({ old, next } = await newPair(writes));
});

const handover = (seq: number) => writes.handover(seq, old, next);

describe('a handover', () => {
  it('gives the desk to the new secretary and takes it from the old one, who stays a member', async () => {
    const answer = await old.sync({ records: [writes.activity(1), ...handover(2)] });
    expect(codes(answer).every(([, code]) => code === 'ok')).toBe(true);
    expect(rolesIn(answer)).toEqual(['member']);
    const now = await next.sync();
    expect(rolesIn(now)).toEqual(['member', 'secretary']);
    const kinds = (await next.pullAll()).map(({ kind }) => kind);
    expect(kinds).toContain('presence-key');
    expect(codes(await next.sync({ records: [writes.activity(1)] }))).toEqual([[1, 'ok']]);
  });

  it('needs the old secretary’s phone for nothing: an administrator does it too', async () => {
    const admin = await joinWire(server.url, await adminSecret(server));
    await admin.sync({ records: handover(1) });
    expect(rolesIn(await old.sync())).toEqual(['member']);
    expect(rolesIn(await next.sync())).toEqual(['member', 'secretary']);
  });

  it('is told to the administrators, who read nothing else of a branch', async () => {
    await old.sync({ records: handover(1) });
    const admin = await joinWire(server.url, await adminSecret(server));
    const rows = (await admin.pullAll()).filter(({ kind }) => kind === 'office');
    expect(rows.slice(-2)).toMatchObject([
      { subject: next.person, scope: admin.county.id, body: { branch, role: 'secretary' } },
      { subject: old.person, body: { branch, from: SINCE, to: HANDED_OVER } },
    ]);
    const kinds = new Set((await admin.pullAll()).map(({ kind }) => kind));
    for (const kind of ['role', 'member', 'activity']) expect(kinds).not.toContain(kind);
  });

  it('gives the branch another presence key once, which the old secretary never reads', async () => {
    const keys = async () =>
      (
        await server.pool.query(
          `select n from records where scope = $1 and kind = 'presence-key' order by n`,
          [branch],
        )
      ).rows.length;
    const before = await keys();
    const records = handover(1);
    await old.sync({ records });
    await old.sync({ records });
    expect(await keys()).toBe(before + 1);
    expect((await old.pullAll()).map(({ kind }) => kind)).not.toContain('presence-key');
  });

  it('leaves the membership as it was, also where the role begins on a day to come', async () => {
    await old.sync({ records: [writes.role(1, next.person, { from: '2099-01-01' })] });
    expect(rolesIn(await next.sync())).toEqual(['member']);
  });

  describe('whose first half the database could not carry out', () => {
    beforeEach(async () => {
      await server.pool.query(`
        create function no_grant() returns trigger language plpgsql as $$ begin raise 'not now'; end $$;
        create trigger no_grant before insert or update on grants for each row
          when (new.person = '${next.person}' and new.role = 'secretary') execute function no_grant()`);
    });
    const heal = () => server.pool.query('drop function if exists no_grant() cascade');
    afterEach(heal);

    it('is not carried out by its second half alone, and is whole with the next sync', async () => {
      const records = handover(1);
      const answer = await old.sync({ records });
      expect(answer.results).toMatchObject([{ from: 1, to: 2, code: 'later' }]);
      expect(rolesIn(answer)).toEqual(['member', 'secretary']);
      await heal();
      expect(rolesIn(await old.sync({ records }))).toEqual(['member']);
      expect(rolesIn(await next.sync())).toEqual(['member', 'secretary']);
    });

    it('is made up for where its author may not write it any more', async () => {
      const records = handover(1);
      await old.sync({ records });
      const admin = await joinWire(server.url, await adminSecret(server));
      const ended = writes.role(1, old.person, { from: SINCE, to: HANDED_OVER });
      await admin.sync({ records: [ended] });
      await heal();
      expect(codes(await old.sync({ records }))).toEqual([[1, 'dup']]);
      expect(rolesIn(await next.sync())).toEqual(['member', 'secretary']);
    });
  });

  it('takes what is written behind it for late in the same request too', async () => {
    const late = writes.activity(4);
    const records = [writes.activity(1), ...handover(2), late];
    const answer = await old.sync({ records });
    expect(codes(answer).at(-1)).toEqual([4, 'to-confirm', 'after-role']);
    expect(await writes.stored(late)).toEqual([{ confirm: 'after-role' }]);
  });

  it('is an act that says who did it', async () => {
    await old.sync({ records: handover(1) });
    const { rows } = await server.pool.query(
      'select kind, person from acts where by_person = $1 order by n',
      [old.person],
    );
    expect(rows).toEqual([
      { kind: 'grant', person: next.person },
      { kind: 'revoke', person: old.person },
    ]);
  });

  it.each(['member', 'committee'] as const)('X-06 is refused to a %s', async (as) => {
    const asMember: Grant = { scope: branch, role: 'member' };
    const grants: Grant[] = as === 'member' ? [asMember] : [asMember, { scope: branch, role: as }];
    const other = await personalDevice(server, newId(), grants);
    expect(codes(await other.sync({ records: [writes.role(1, other.person)] }))).toEqual([
      [1, 'forbidden', 'writer'],
    ]);
    expect(rolesIn(await other.sync())).not.toContain('secretary');
  });
});
