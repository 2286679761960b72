/** Contact dates through the real server: contact person and secretary, whoever that is, and nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldContacts } from '#domain/contacts.ts';
import type { Foldable } from '#domain/fold.ts';
import type { Grant, Role } from '#domain/roles.ts';
import type { PlainRecord } from '#protocol/record.ts';
import type { Page } from '#protocol/sync.ts';
import { personalDevice } from '#tests/support/personal-device.ts';
import { startServer } from '#tests/support/server.ts';
import { newId, wireRecord } from '#tests/support/wire-device.ts';

type Device = Awaited<ReturnType<typeof personalDevice>>;

const NAMES = { hans: '韦国栋' };

let server: Awaited<ReturnType<typeof startServer>>;
let branch = '';
let other = '';
let secretary: Device;
let committee: Device;
let caller: Device;
let away: Device;

const as = (...roles: Role[]): Grant[] => roles.map((role) => ({ scope: branch, role }));
const personOf = (grants: Grant[], person = newId()) => personalDevice(server, person, grants);
const datesOf = async (device: Device) =>
  ((await device.pullAll()).filter(({ kind }) => kind === 'contact') as PlainRecord[]).map(
    ({ id }) => id,
  );

beforeAll(async () => {
  server = await startServer();
  const { rows } = await server.pool.query<{ scope: string }>(
    `select scope from scopes where kind = 'branch' order by scope`,
  );
  [branch = '', other = ''] = rows.map(({ scope }) => scope);
  [secretary, committee, caller, away] = await Promise.all([
    personOf(as('member', 'secretary')),
    personOf(as('member', 'committee')),
    personOf(as('member')),
    personOf(as('member')),
  ]);
  const body = { member: away.person, names: NAMES, from: '2026-01-01' };
  const told = wireRecord({
    ...{ kind: 'contact-person', scope: branch, seq: 1, subject: caller.person, body },
  });
  expect((await committee.sync({ records: [told] })).results).toMatchObject([{ code: 'ok' }]);
});
afterAll(() => server.stop());

const date = (seq: number, day: string, subject = caller.person) =>
  wireRecord({
    ...{ kind: 'contact', scope: branch, seq, subject, body: { member: away.person, day } },
  });

describe('a contact date', () => {
  const byCaller = () => date(1, '2026-03-01');
  const bySecretary = () => date(1, '2026-03-02');
  let ids: string[] = [];

  it('is written by the contact person and the secretary, and by nobody else for them', async () => {
    const [one, two] = [byCaller(), bySecretary()];
    expect((await caller.sync({ records: [one] })).results).toMatchObject([{ code: 'ok' }]);
    expect((await secretary.sync({ records: [two] })).results).toMatchObject([{ code: 'ok' }]);
    ids = [one.id, two.id];
    const stranger = await personOf([{ scope: other, role: 'secretary' }]);
    for (const [device, seq] of [
      [committee, 2] as const,
      [away, 1] as const,
      [stranger, 1] as const,
    ])
      expect((await device.sync({ records: [date(seq, '2026-03-03')] })).results).toMatchObject([
        { code: 'forbidden', reason: 'writer' },
      ]);
  });

  it('X-02 is read by these two alone: not the committee, not the member, not another branch', async () => {
    expect((await datesOf(caller)).toSorted()).toEqual(ids.toSorted());
    expect((await datesOf(secretary)).toSorted()).toEqual(ids.toSorted());
    const host = [{ scope: branch, role: 'second' as const }];
    const others = [committee, away, await personOf(as('member')), await personOf(host)];
    others.push(await personOf([{ scope: other, role: 'secretary' }]));
    for (const device of others) expect(await datesOf(device)).toEqual([]);
  });

  it('counts only where it is of whom the desk has told', async () => {
    const somebody = await personOf(as('member'));
    const forged = date(1, '2026-03-04', somebody.person);
    expect((await somebody.sync({ records: [forged] })).results).toMatchObject([{ code: 'ok' }]);
    const rows = await secretary.pullAll();
    expect(foldContacts(rows.map(folded), '2026-03-05')).toEqual([
      {
        by: caller.person,
        member: away.person,
        names: NAMES,
        from: '2026-01-01',
        last: '2026-03-02',
      },
    ]);
  });

  it('is the next secretary’s to read from the first one on, also after years on the committee, and not the old one’s', async () => {
    await committee.pullAll();
    const next = await personOf(as('member', 'secretary'), committee.person);
    const old = await personOf(as('member'), secretary.person);
    expect(await datesOf(next)).toEqual(expect.arrayContaining(ids));
    expect(await datesOf(old)).toEqual([]);
    expect((await datesOf(caller)).toSorted()).toEqual(ids.toSorted());
  });

  it('of the one before is not the next contact person’s, who keeps the own ones', async () => {
    const next = await personOf(as('member'));
    const body = { member: away.person, names: NAMES, from: '2026-03-05' };
    const told = wireRecord({
      ...{ kind: 'contact-person', scope: branch, seq: 9, subject: next.person, body },
    });
    const desk = await personOf(as('member', 'secretary'));
    await desk.sync({ records: [{ ...told, seq: 1 }] });
    expect(await datesOf(next)).toEqual([]);
    expect((await datesOf(caller)).toSorted()).toEqual(ids.toSorted());
  });
});

/** A row of the wire as folds take it. */
function folded(row: Page['rows'][number]): Foldable<unknown> {
  const plain = { author: '', subject: null, at: 0, day: '', body: null, confirm: null, ...row };
  return plain as Foldable<unknown>;
}
