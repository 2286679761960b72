/** A member goes from one branch to another: what each phone holds, and what counts where. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agreeToNotice, readNotice } from '#data/notice.ts';
import { invitationHash } from '#domain/invitations.ts';
import { foldRoll } from '#domain/roll.ts';
import { foldRoster } from '#domain/roster.ts';
import { foldArrived } from '#domain/transfers.ts';
import { createIds } from '#lib/ids.ts';
import { createFetchTransport } from '#sync/fetch-transport.ts';
import { createMoving } from '#sync/moving.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { startServer } from '#tests/support/server.ts';
import { newId } from '#tests/support/wire-device.ts';

const DAY = '2026-03-05';
const CODE = 'ABCDEFGHJKMNPQRS';
const CARD = '0123456789ABCDEF';
const NAMES = { hans: '黄国强', hant: '黃國強' };

describe('S-15 a member moves while all phones are offline', () => {
  let county: Awaited<ReturnType<typeof startServer>>;
  let old: HeadlessDevice;
  let next: HeadlessDevice;
  let member: HeadlessDevice;
  let from = '';
  let to = '';
  let activity = '';
  let person = '';
  /** Each test has a member of its own. */
  let asked = 0;

  beforeAll(async () => {
    county = await startServer();
    [old, next] = await Promise.all([open(4), open(6)]);
    [from, to] = await Promise.all([branchAt(old), branchAt(next)]);
  });
  afterAll(async () => {
    await Promise.all([old.close(), next.close()]);
    await county.stop();
  });
  beforeEach(async () => {
    member = await open(asked++);
    person = (await member.ledger.current())?.person ?? '';
    const meeting = { type: 'lecture', title: '老校长讲村史', starts: Date.now() - 86_400_000 };
    activity = (await old.record('activity', meeting)).id;
    const body = { activity, state: 'present', how: 'tap' };
    await old.record('check-in', body, { scope: from, subject: person });
    await old.sync();
    await member.sync();
  });
  afterEach(() => member.close());

  async function open(nth: number): Promise<HeadlessDevice> {
    const { url: invitation = '' } = county.invitations[nth] ?? {};
    const device = await createHeadlessDevice({ server: county.url, invitation });
    await device.enrol();
    await device.sync();
    return device;
  }

  async function branchAt({ ledger }: HeadlessDevice): Promise<string> {
    return (await ledger.current())?.grants[0]?.scope ?? '';
  }

  /** A phone of the person's, by an invitation of this desk; it has not synced yet. */
  async function invited(desk: HeadlessDevice, secret: string): Promise<HeadlessDevice> {
    const of = { scope: await branchAt(desk), subject: person };
    const hash = invitationHash(secret);
    await desk.record('invitation', { hash, role: 'member', expires: Date.now() + 1e8 }, of);
    await desk.sync();
    const phone = await createHeadlessDevice({ server: county.url, invitation: secret });
    await phone.enrol();
    return phone;
  }

  /** A second device, let in by a 搬 code; it has not synced yet. */
  async function movedFrom({ ledger }: HeadlessDevice): Promise<HeadlessDevice> {
    const clock = { now: () => Date.now(), monotonic: () => performance.now() };
    const transport = createFetchTransport({ server: county.url, clock, fetch });
    const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
    const { subtle } = crypto;
    const way = { transport, ids: createIds({ clock, random }), random, clock, subtle };
    const made = await createMoving({ ...way, ledger }).make('phone');
    const device = await createHeadlessDevice({ server: county.url, invitation: '' });
    await createMoving({ ...way, ledger: device.ledger }).take(made.ok ? made.value.code : '');
    return device;
  }

  const letGo = async () => {
    const of = { scope: from, subject: person };
    await old.record('standing', { of: 'state', is: 'unlisted', from: DAY }, of);
    await old.record('transfer', { way: 'out', day: DAY, code: CODE, to: '临江村党支部' }, of);
  };
  const takeOver = async () => {
    const of = { scope: to, subject: person };
    await next.record('member', { names: NAMES, card: CARD }, of);
    await next.record('transfer', { way: 'in', day: DAY, code: CODE }, of);
  };
  const scopesOf = async (device: HeadlessDevice) =>
    (await device.records()).filter(({ scope }) => scope === from || scope === to);

  it.each([
    ['the old branch is first', () => [old, next]],
    ['the new branch is first', () => [next, old]],
  ])(
    'S-15 %s: rows leave with the branch, own ones stay, totals and history too',
    async (_, order) => {
      // Written with no network, in the branch that has let them go meanwhile.
      await member.record('absence', { activity, coming: false }, { scope: from, subject: person });
      await member.record('study', { day: DAY, minutes: 30, how: 'book' });
      await letGo();
      await takeOver();
      for (const device of order()) await device.sync();
      await member.sync();
      await member.sync();

      // I2, I9: nothing is left unsent, and what came late waits for a person.
      expect(await member.ledger.unsent()).toBe(0);
      const held = await scopesOf(member);
      expect(held.find(({ kind }) => kind === 'absence')).toMatchObject({ confirm: 'after-role' });

      // I8: of the branch that was left only rows about oneself; of the new one what every member gets.
      const left = held.filter(({ scope }) => scope === from);
      expect(left.map(({ subject }) => subject)).toEqual(left.map(() => person));
      expect(left.map(({ kind }) => kind)).toContain('check-in');
      const kinds = held.filter(({ scope }) => scope === to).map(({ kind }) => kind);
      expect(kinds).toEqual(expect.arrayContaining(['about', 'activity', 'member']));

      // I7: neither desk reads a row of the other.
      await old.sync();
      await next.sync();
      expect((await old.records()).filter(({ scope }) => scope === to)).toEqual([]);
      expect((await next.records()).filter(({ scope }) => scope === from)).toEqual([]);

      // The old desk hears that they arrived, and on which day; where is what it had typed itself.
      const here = (await old.records()).filter(({ scope }) => scope === from);
      expect(foldArrived(here).get(person)).toEqual({ day: DAY, to: '临江村党支部' });
      const told = (await old.records()).filter(
        ({ kind, subject }) => kind === 'taken-over' && subject === person,
      );
      expect(told.map(({ body, scope }) => [body, scope])).toEqual([
        [{ day: DAY, code: CODE }, from],
      ]);
      expect(JSON.stringify(told)).not.toContain(to);
      expect((await member.records()).filter(({ kind }) => kind === 'taken-over')).toEqual([]);

      // The old roll keeps the name and the total; the new roster has the person.
      const rows = await old.records();
      expect(foldRoll(activity, rows).get(person)).toMatchObject({ state: 'present' });
      const entry = foldRoster(rows, '2026-12-31').find((one) => one.person === person);
      expect(entry).toMatchObject({ state: 'unlisted' });
      expect(entry?.names.hans).toBeTruthy();
      const roster = foldRoster(await next.records(), '2026-12-31');
      expect(roster.find((one) => one.person === person)).toMatchObject({ state: 'listed' });
    },
  );

  it('S-15 a new phone, which the new branch gives, has the history of the old one', async () => {
    await letGo();
    await takeOver();
    for (const device of [next, old, member]) await device.sync();
    const phone = await invited(next, 'n'.repeat(43));
    await phone.sync();
    await phone.sync();
    const own = (await scopesOf(phone)).filter(({ scope }) => scope === from);
    expect(own.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['member', 'check-in']));
    expect(new Set(own.map(({ subject }) => subject))).toEqual(new Set([person]));
    await phone.close();
  });

  it('S-15 is asked by the new branch for the yes once, whatever comes after it, on other phones too', async () => {
    await member.close();
    person = newId();
    await old.record('member', { names: NAMES, card: CARD }, { scope: from, subject: person });
    member = await invited(old, 'o'.repeat(43));
    await member.sync();
    const { ledger } = member;
    const asks = async () => (await readNotice(ledger)).asks;
    expect(await asks()).toBe(false);
    await letGo();
    await old.sync();
    await member.sync();
    expect(await asks()).toBe(false);
    await takeOver();
    await next.sync();
    await member.sync();
    await member.sync();
    expect(await asks()).toBe(true);
    expect(await agreeToNotice(ledger)).toMatchObject({ ok: true });
    for (let nth = 0; nth < 3; nth += 1) {
      expect(await asks()).toBe(false);
      await member.sync();
      await next.sync();
      await old.sync();
    }
    const phone = await invited(next, 'm'.repeat(43));
    expect(await readNotice(phone.ledger)).toMatchObject({ asks: false });
    await phone.sync();
    expect(await readNotice(phone.ledger)).toMatchObject({ asks: false });
    await member.sync();
    expect(await asks()).toBe(false);
    await phone.close();

    // A second device that the old phone lets in knows where they are before its first sync.
    const browser = await movedFrom(member);
    const { place } = (await next.ledger.current()) ?? {};
    expect(await browser.ledger.current()).toMatchObject({ person, place });
    expect(place).not.toEqual((await old.ledger.current())?.place);
    expect(await readNotice(browser.ledger)).toMatchObject({ asks: false });
    await browser.close();
  });
});
