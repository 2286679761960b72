import { describe, expect, it } from 'vitest';
import { accepting, type Step } from '#tests/support/scripted-transport.ts';
import { engineOver, held, offline, study, take } from '#tests/support/test-engine.ts';
import {
  activityRow,
  admission,
  createTestLedger,
  grant,
  joinedLedger,
  ME,
  OTHER,
  pageOf,
  testId,
} from '#tests/support/test-ledger.ts';

describe('one person’s trouble', () => {
  async function family() {
    const test = await joinedLedger();
    await study(test.ledger);
    await test.ledger.admit(admission({ person: OTHER, device: testId(20), token: 'other' }));
    await study(test.ledger);
    return test;
  }
  const only =
    (device: string, step: Step): Step =>
    (request, token) =>
      (token === 'other') === (device === testId(20)) ? step(request) : accepting(request, held);

  it('X-11 of somebody else is not said to the one on the screen, and slows nobody', async () => {
    const { ledger, clock } = await family();
    await ledger.setCurrent(ME);
    const revoked = only(testId(20), () => ({ code: 'session.revoked' }));
    const { engine, status } = engineOver(ledger, clock, {}, revoked);
    expect(await engine.syncOnce()).toMatchObject({ ok: true, value: { pushed: 1 } });
    expect(status.get()).toEqual({ state: 'idle', lastDone: clock.now(), code: null });
    await ledger.setCurrent(OTHER);
    expect(await engine.syncOnce()).toEqual({ ok: false, error: 'session.revoked' });
    expect(status.get()).toMatchObject({ state: 'trouble', code: 'session.revoked' });
  });

  it('with a server that fails for them alone leaves the others their turn', async () => {
    const { ledger, clock } = await family();
    const failing = only(testId(20), () => ({ code: 'server.unavailable' }));
    const { engine } = engineOver(ledger, clock, {}, failing);
    expect(await engine.syncOnce()).toEqual({ ok: false, error: 'server.unavailable' });
    expect(await ledger.sync.countUnsent(ME)).toBe(0);
  });

  it('that is a bug of ours is told, and the others have their turn', async () => {
    const { ledger, clock } = await family();
    const { listUnsent } = ledger.sync;
    const errors: unknown[] = [];
    ledger.sync.listUnsent = async (person, ...rest) => {
      if (person.person === OTHER) throw new Error('a bug');
      return listUnsent(person, ...rest);
    };
    const change = { onError: (error: unknown) => errors.push(error) };
    const { engine, status } = engineOver(ledger, clock, change, take);
    expect(await engine.syncOnce()).toEqual({ ok: false, error: 'server.unavailable' });
    expect(errors).toHaveLength(1);
    expect(status.get().state).toBe('waiting');
    expect(await ledger.sync.countUnsent(ME)).toBe(0);
  });
});

describe('I9 the outbox', () => {
  it('is not held up by a record that the server puts off, whatever the batch', async () => {
    const { ledger, clock, person } = await joinedLedger();
    await study(ledger, 3);
    const pace = { now: 1, good: 1, ceiling: 2, streak: 0 };
    await ledger.sync.keepFor(ME, 'sync.pace', { batch: pace, want: { ...pace, now: 4096 } });
    const firstLater: Step = (request) => {
      const answer = accepting(request, held).json;
      const results = answer.results.map((run) =>
        run.from === 1 ? { from: 1, to: 1, code: 'later' as const } : run,
      );
      return { json: { ...answer, results } };
    };
    const { engine } = engineOver(ledger, clock, {}, firstLater);
    expect(await engine.syncOnce()).toEqual({ ok: false, error: 'server.unavailable' });
    const left = await ledger.sync.listUnsent(person, 9);
    expect(left.records.map(({ seq }) => seq)).toEqual([1]);
  });

  it('ends a run with a server that serves the same page for ever', async () => {
    const { ledger, clock } = await joinedLedger();
    const page = pageOf([activityRow(1)], { more: true });
    const stuck: Step = (request) => accepting(request, { ...held, pages: [page], more: true });
    const { engine, transport } = engineOver(ledger, clock, {}, stuck);
    expect(await engine.syncOnce()).toEqual({ ok: false, error: 'server.unavailable' });
    expect(transport.requests.length).toBeLessThan(4);
  });
});

describe('I14 in step', () => {
  it('is not said on a phone that nobody joined on', async () => {
    const { ledger, clock } = createTestLedger();
    const { engine, status } = engineOver(ledger, clock, {}, offline);
    expect(await engine.syncOnce()).toMatchObject({ ok: true, value: { requests: 0 } });
    expect(status.get()).toEqual({ state: 'idle', lastDone: null, code: null });
    expect(await ledger.sync.keptFor('', 'sync.done')).toBeNull();
  });

  it('is not said after a change of epoch before everything was fetched again', async () => {
    const { ledger, clock } = await joinedLedger('reviewer');
    const grants = [grant('member'), grant('reviewer')];
    const old = pageOf([activityRow(1)]);
    const first: Step = (request) => accepting(request, { grants, pages: [old] });
    const { engine, transport } = engineOver(ledger, clock, {}, first);
    await engine.syncOnce();
    transport.requests.length = 0;
    const page = pageOf([activityRow(1), activityRow(2)], { cursor: { n: 2, tag: 'other' } });
    transport.script((request) =>
      accepting(request, { grants, epoch: 'second', pages: request.at?.length ? [page] : [] }),
    );
    expect(await engine.syncOnce()).toMatchObject({ ok: true });
    const asked = transport.requests.map(({ at }) => at?.[2]);
    expect(asked.slice(0, 2)).toEqual([1, 0]);
    expect(await ledger.records({ kind: 'activity' })).toHaveLength(2);
  });

  it('a receipt of a history that another tab left behind counts for nothing', async () => {
    const { ledger, person } = await joinedLedger();
    await study(ledger);
    await ledger.sync.beginEpoch(person, 'second');
    const runs = [{ from: 1, to: 1, code: 'ok' as const, n: 1, tag: 't' }];
    expect(await ledger.sync.applyResults(person, runs)).toBe(0);
    expect(await ledger.sync.applyPage(person, pageOf([activityRow(1)]), { n: 0, tag: '' })).toBe(
      0,
    );
    expect(await ledger.unsent()).toBe(1);
    expect(await ledger.records({ kind: 'activity' })).toEqual([]);
  });
});

describe('the loop', () => {
  it('goes on after an attempt that somebody else asked for', async () => {
    const { ledger, clock } = await joinedLedger();
    const { engine, timers } = engineOver(ledger, clock, {}, take);
    const asked = engine.syncOnce();
    engine.start();
    await asked;
    await expect.poll(() => timers.length).toBe(1);
    engine.nudge();
    await engine.syncOnce();
    await expect.poll(() => timers.length).toBe(1);
    engine.stop();
  });

  it('tries at once for a tap while it runs, and does nothing for one before and after', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger);
    const { engine, status, transport, timers } = engineOver(ledger, clock, {}, offline);
    status.nudge();
    engine.start();
    await expect.poll(() => timers.length).toBe(1);
    expect(transport.requests).toHaveLength(1);
    transport.script(take);
    status.nudge();
    await expect.poll(() => ledger.unsent()).toBe(0);
    await expect.poll(() => timers.length).toBe(1);
    const { length } = transport.requests;
    engine.stop();
    status.nudge();
    await engine.syncOnce();
    expect(transport.requests).toHaveLength(length + 1);
  });

  it('tries again at once when the network comes back during an attempt that fails', async () => {
    const { ledger, clock } = await joinedLedger();
    const window = new EventTarget();
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
    const back: Step = () => {
      window.dispatchEvent(new Event('online'));
      return { code: 'network.unreachable' };
    };
    const change = { page: { window, document } };
    const { engine, timers } = engineOver(ledger, clock, change, back, offline);
    engine.start();
    await expect.poll(() => timers.map(({ ms }) => ms)).toEqual([300]);
    engine.stop();
  });
});
