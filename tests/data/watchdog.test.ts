import { describe, expect, it } from 'vitest';
import type { Ledger } from '#data/ledger/ledger.ts';
import { HANG_MS } from '#sync/watchdog.ts';
import { engineOver, study, take } from '#tests/support/test-engine.ts';
import { joinedLedger } from '#tests/support/test-ledger.ts';

/** Holds what it is given until it is let go; then it settles as it would have. */
function gate() {
  let open = () => {};
  const until = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), until };
}

describe('an attempt that hangs', () => {
  it('S-04 on a line that never answers nor ends is over after a minute, and the loop goes on', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger);
    const { until, open } = gate();
    let hangs = true;
    let hung = 0;
    const over = engineOver(ledger, clock, {}, take);
    const { transport } = over;
    const hanging: typeof transport = {
      ...transport,
      post: async (...given) => {
        if (hangs) await ((hung += 1), until);
        return transport.post(...given);
      },
    };
    const { engine, status, timers, watchdogs } = engineOver(ledger, clock, { transport: hanging });
    engine.start();
    await expect.poll(() => status.get().state).toBe('syncing');
    await expect.poll(() => hung).toBe(1);
    expect(watchdogs.map(({ ms }) => ms)).toEqual([HANG_MS]);
    hangs = false;
    watchdogs[0]?.run();
    await expect
      .poll(() => status.get())
      .toMatchObject({ state: 'waiting', code: 'network.timeout' });
    await expect.poll(() => timers.length).toBe(1);
    timers[0]?.run();
    await expect.poll(() => ledger.unsent()).toBe(0);
    await expect.poll(() => status.get().state).toBe('idle');

    // What hung comes back: the answer may count, the status is another attempt's.
    const asked = transport.requests.length;
    open();
    await expect.poll(() => transport.requests.length).toBe(asked + 1);
    await new Promise((settled) => setTimeout(settled, 50));
    expect(transport.requests).toHaveLength(asked + 1);
    expect(status.get()).toMatchObject({ state: 'idle', code: null });
    expect(await ledger.records({ kind: 'study' })).toHaveLength(1);
    engine.stop();
  });

  it('P-09 on a database that never answers is over too, and its lock is free', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger);
    const { until } = gate();
    let hangs = true;
    const { sync } = ledger;
    const slow: Ledger = {
      ...ledger,
      sync: {
        ...sync,
        listCursors: (person) => (hangs ? until.then(() => []) : sync.listCursors(person)),
      },
    };
    const held: (() => void)[] = [];
    const locks = {
      request: async (_: string, __: object, work: (lock: object) => Promise<unknown>) => {
        if (held.length > 0) return work(null as never);
        held.push(() => undefined);
        return work({}).finally(() => held.pop());
      },
    } as never;
    const { engine, status, watchdogs, transport } = engineOver(slow, clock, { locks }, take);
    const first = engine.syncOnce();
    await expect.poll(() => watchdogs.length).toBe(1);
    expect(held).toHaveLength(1);
    hangs = false;
    watchdogs[0]?.run();
    expect(await first).toEqual({ ok: false, error: 'network.timeout' });
    await expect.poll(() => held.length).toBe(0);
    expect(status.get().state).toBe('waiting');
    expect(await engine.syncOnce()).toMatchObject({ ok: true, value: { pushed: 1 } });
    expect(transport.requests.length).toBeGreaterThan(0);
  });

  it('S-04 each request is a sign of life: a long first sync is none', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger, 250);
    const { engine, watchdogs, transport } = engineOver(ledger, clock, {}, take);
    const seen = new Set<object>();
    const post = transport.post.bind(transport);
    Object.assign(transport, {
      post: (...given: Parameters<typeof post>) => {
        watchdogs.forEach((one) => seen.add(one));
        return post(...given);
      },
    });
    expect(await engine.syncOnce()).toMatchObject({ ok: true, value: { pushed: 250 } });
    expect(seen.size).toBe(transport.requests.length);
    expect(watchdogs).toEqual([]);
  });

  it('S-04 a bug that throws in the midst of a turn leaves the loop a timer', async () => {
    const { ledger, clock } = await joinedLedger();
    const { engine, status, timers } = engineOver(
      ledger,
      clock,
      { onError: () => undefined },
      take,
    );
    const set = status.set.bind(status);
    let broken = true;
    Object.assign(status, {
      set: (change: object) => {
        if (broken) throw new Error('a listener’s bug');
        set(change);
      },
    });
    const bugs: unknown[] = [];
    const note = (error: unknown) => void bugs.push(error);
    process.on('unhandledRejection', note);
    engine.start();
    await expect.poll(() => timers.length).toBe(1);
    process.off('unhandledRejection', note);
    broken = false;
    timers[0]?.run();
    await expect.poll(() => status.get().state).toBe('idle');
    engine.stop();
  });
});
