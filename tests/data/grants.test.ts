import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { stays } from '#data/ledger/sync/apply-grants.ts';
import { selfHeader, type RecordRow } from '#data/ledger/record-row.ts';
import { accepting } from '#tests/support/scripted-transport.ts';
import { engineOver } from '#tests/support/test-engine.ts';
import { CURSOR_START } from '#protocol/limits.ts';
import {
  ACTIVITY,
  admission,
  activityRow,
  BRANCH,
  DEVICE,
  grant,
  joinedLedger,
  ME,
  OTHER,
  pageOf,
  STUDY,
  testId,
} from '#tests/support/test-ledger.ts';

const memberBody = { names: { hans: '李梅' }, card: '0123456789ABCDEF' };
const memberRow = (n: number, subject: string) =>
  activityRow(n, { kind: 'member', subject, body: memberBody });

describe('grants', () => {
  it('I8 that end empty the branch and keep what is about the person and what is unsent', async () => {
    const { ledger, person } = await joinedLedger('secretary');
    await ledger.sync.applyPage(person, pageOf([activityRow(1)]), CURSOR_START);
    await ledger.sync.applyPage(
      person,
      pageOf([memberRow(2, OTHER), memberRow(3, ME)], { view: 'desk' }),
      CURSOR_START,
    );
    await ledger.write({ kind: 'activity', scope: BRANCH, body: ACTIVITY });
    await ledger.write({ kind: 'study', body: STUDY });
    await ledger.sync.applyGrants(person, []);
    const left = await ledger.records();
    expect(left.map(({ kind, subject, state }) => [kind, subject, state]).sort()).toEqual([
      ['activity', null, 'saved'],
      ['member', ME, 'received'],
      ['study', null, 'saved'],
    ]);
    expect((await ledger.current())?.grants).toEqual([]);
  });

  it('I8 that ended take what got its receipt afterwards, and no seq is used twice', async () => {
    const { ledger, person } = await joinedLedger('secretary');
    await ledger.write({ kind: 'member', scope: BRANCH, subject: OTHER, body: memberBody });
    await ledger.sync.applyGrants(person, [grant('member')]);
    expect(await ledger.records({ kind: 'member' })).toHaveLength(1);
    const receipt = [{ from: 1, to: 1, code: 'dup', n: 4, tag: 'AAAAAAAAAAA' }] as const;
    expect(await ledger.sync.applyResults(person, receipt)).toBe(1);
    expect(await ledger.records({ kind: 'member' })).toEqual([]);
    const next = await ledger.write({ kind: 'study', body: STUDY });
    expect(next).toMatchObject({ ok: true, value: { seq: 2 } });
  });

  it('I5 of a desk that begin again bring the own rows back that went with them', async () => {
    const { ledger, clock, person } = await joinedLedger('secretary');
    const whole = { grants: person.grants };
    const { engine, transport } = engineOver(ledger, clock, {}, (request) =>
      accepting(request, whole),
    );
    await engine.syncOnce();
    await ledger.write({ kind: 'member', scope: BRANCH, subject: OTHER, body: memberBody });
    await engine.syncOnce();
    transport.script((request) => accepting(request, { grants: [grant('member')] }));
    await engine.syncOnce();
    expect(await ledger.records()).toEqual([]);
    const others = pageOf([memberRow(2, ME)], { view: 'desk' });
    const own = memberRow(1, OTHER);
    transport.script((request) => {
      const { rows } = others;
      const page = request.own
        ? { ...others, rows: [{ ...own, device: DEVICE }, ...rows] }
        : others;
      const [deskN] = request.at?.slice(4) ?? [];
      return accepting(request, { ...whole, pages: deskN === 2 ? [] : [page] });
    });
    expect(await engine.syncOnce()).toMatchObject({ ok: true });
    expect((await ledger.records({ kind: 'member' })).map(({ subject }) => subject).sort()).toEqual(
      [ME, OTHER],
    );
    expect((await ledger.current())?.fresh).toBe(false);
  });

  it('I8 of a secretary that end take the contact dates of others away, also where the desk goes on', async () => {
    const { ledger, person } = await joinedLedger('secretary');
    const contact = (n: number, subject: string) =>
      activityRow(n, { kind: 'contact', subject, body: { member: testId(7), day: '2026-03-01' } });
    const page = pageOf([contact(1, OTHER), contact(2, ME)], { view: 'secretary' });
    await ledger.sync.applyPage(person, page, CURSOR_START);
    const places = async () =>
      (await ledger.sync.listCursors((await ledger.current()) ?? person)).map(({ view, n }) => [
        view,
        n,
      ]);
    expect((await places()).at(-1)).toEqual(['secretary', 2]);
    await ledger.sync.applyGrants(person, [grant('member'), grant('committee')]);
    expect((await ledger.records()).map(({ subject }) => subject)).toEqual([ME]);
    await ledger.sync.applyGrants(person, [grant('member'), grant('secretary')]);
    expect((await places()).at(-1)).toEqual(['secretary', 0]);
  });

  it('of a desk that end take the roster away, leave the notices, and bring it back from 0', async () => {
    const { ledger, person } = await joinedLedger('secretary');
    await ledger.sync.applyPage(person, pageOf([activityRow(1)]), CURSOR_START);
    await ledger.sync.applyPage(
      person,
      pageOf([memberRow(2, OTHER)], { view: 'desk' }),
      CURSOR_START,
    );
    await ledger.sync.applyGrants(person, [grant('member')]);
    expect((await ledger.records()).map(({ kind }) => kind)).toEqual(['activity']);
    await ledger.sync.applyGrants(person, person.grants);
    const now = (await ledger.current()) ?? person;
    expect(await ledger.sync.listCursors(now)).toContainEqual({
      scope: BRANCH,
      view: 'desk',
      ...CURSOR_START,
    });
    expect(await ledger.sync.listCursors(now)).toContainEqual({
      scope: BRANCH,
      view: 'member',
      n: 1,
      tag: 'tag-1',
    });
  });

  it('that a handover ended leave both its halves here: a restored server needs them again', async () => {
    const { ledger, person } = await joinedLedger('secretary');
    const role = {
      role: 'secretary',
      names: { hans: '罗' },
      card: memberBody.card,
      from: '2026-01-01',
    };
    const halves = [
      { subject: OTHER, body: role },
      { subject: ME, body: { ...role, to: '2026-03-01' } },
    ];
    await ledger.writeAll(halves.map((half) => ({ kind: 'role', scope: BRANCH, ...half })));
    await ledger.sync.applyResults(person, [{ from: 1, to: 2, code: 'ok', n: 9, tag: 't' }]);
    await ledger.sync.applyGrants(person, [grant('member')]);
    expect(await ledger.records({ kind: 'role' })).toHaveLength(2);
    const now = await ledger.current();
    if (now) await ledger.sync.beginEpoch(now, 'restored');
    expect(await ledger.unsent()).toBe(2);
  });

  it('that end with sent own rows never let a seq be used twice', async () => {
    const { ledger, person } = await joinedLedger('secretary');
    await ledger.writeAll([1, 2].map(() => ({ kind: 'activity', scope: BRANCH, body: ACTIVITY })));
    const { head } = await ledger.sync.listUnsent(person, 9);
    await ledger.sync.applyResults(person, [{ from: 1, to: 2, code: 'ok', n: 2, tag: 't' }]);
    await ledger.sync.applyGrants(person, []);
    expect(await ledger.records()).toEqual([]);
    expect(await ledger.write({ kind: 'study', body: STUDY })).toMatchObject({
      ok: true,
      value: { seq: 3 },
    });
    const after = await ledger.sync.listUnsent(person, 9);
    expect(after.head).not.toBeNull();
    expect(after.head).not.toBe(head);
  });

  it('of later kinds stay as long as a view that brought them', async () => {
    const { ledger, person } = await joinedLedger('secretary');
    const dance = activityRow(1, { kind: 'dance', body: {} });
    await ledger.sync.applyPage(person, pageOf([dance], { view: 'desk' }), CURSOR_START);
    await ledger.sync.applyGrants(person, [grant('member')]);
    expect(await ledger.records()).toEqual([]);
  });

  it('D-08 never remove what the server has no receipt for', () => {
    const row = fc.record({
      state: fc.constantFrom(
        'saved' as const,
        'sent' as const,
        'received' as const,
        'refused' as const,
      ),
      outbox: fc.constantFrom(DEVICE, undefined),
      kind: fc.constantFrom('activity', 'member', 'check-in', 'role', 'dance', 'invitation'),
      scope: fc.constantFrom(BRANCH, testId(70)),
      subject: fc.constantFrom(ME, OTHER, null),
      views: fc.subarray(['member' as const, 'desk' as const]),
    });
    const grants = fc.subarray([
      grant('member'),
      grant('secretary'),
      grant('reviewer', testId(70)),
    ]);
    const base: RecordRow = {
      ...{
        ...selfHeader(ME, { id: testId(8), device: DEVICE, seq: 1 }),
        owner: ME,
        hash: 'h',
        salt: '',
        text: '',
      },
      ...{
        inner: null,
        topic: '',
        state: 'saved',
        n: null,
        tag: null,
        head: null,
        views: [],
        confirm: null,
        reason: null,
      },
    };
    const unacknowledged = (each: { state: string; outbox: string | undefined }) =>
      each.state === 'saved' || each.state === 'refused' || each.outbox !== undefined;
    fc.assert(
      fc.property(row, grants, ({ outbox, ...change }, held) => {
        const tried = { ...base, ...change, ...(outbox ? { outbox } : {}) };
        if (unacknowledged({ state: tried.state, outbox }) || tried.subject === ME)
          expect(stays(tried, { person: ME, county: admission().county }, held)).toBe(true);
      }),
      { numRuns: 10_000, seed: 8 },
    );
  });
});
