import { describe, expect, it } from 'vitest';
import { engineOver, offline, study, take } from '#tests/support/test-engine.ts';
import { joinedLedger } from '#tests/support/test-ledger.ts';

const FROZEN_MS = 600_000;

describe('the loop', () => {
  it('sends what is written, a moment later, and looks for news from time to time', async () => {
    const { ledger, clock } = await joinedLedger();
    const { engine, timers, transport } = engineOver(ledger, clock, {}, take);
    engine.start();
    await expect.poll(() => timers.map(({ ms }) => ms)).toEqual([300_000]);
    await study(ledger);
    await expect.poll(() => timers.map(({ ms }) => ms)).toEqual([300]);
    timers[0]?.run();
    await expect.poll(() => ledger.unsent()).toBe(0);
    engine.stop();
    expect(transport.requests.at(-1)?.records).toHaveLength(1);
  });

  it('I9 waits longer after each failure, with jitter, and empties the outbox by itself', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger);
    const { engine, timers, transport, status } = engineOver(ledger, clock, {}, offline);
    engine.start();
    const waits: number[] = [];
    for (let i = 0; i < 9; i += 1) {
      await expect.poll(() => timers.length).toBe(1);
      const timer = timers.shift();
      waits.push(timer?.ms ?? 0);
      timer?.run();
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 150_000]);
    await expect.poll(() => timers.length).toBe(1);
    expect(status.get()).toMatchObject({ state: 'waiting', code: 'network.unreachable' });
    transport.script(take);
    timers.shift()?.run();
    await expect.poll(() => ledger.unsent()).toBe(0);
    engine.stop();
  });

  it('tries at once when the network is back or the page comes into sight', async () => {
    const { ledger, clock } = await joinedLedger();
    const window = new EventTarget();
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
    const { engine, transport, timers } = engineOver(
      ledger,
      clock,
      { page: { window, document } },
      offline,
    );
    engine.start();
    await expect.poll(() => timers.length).toBe(1);
    transport.script(take);
    window.dispatchEvent(new Event('online'));
    await expect.poll(() => transport.requests.length).toBe(2);
    await expect.poll(() => timers.map(({ ms }) => ms)).toEqual([300_000]);
    document.dispatchEvent(new Event('visibilitychange'));
    await expect.poll(() => transport.requests.length).toBe(3);
    engine.stop();
  });

  it('P-09 sends at once when a frozen page goes on, whatever its timers wait for', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger);
    const window = new EventTarget();
    const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as const });
    const page = { window, document };
    const { engine, transport, timers, status } = engineOver(ledger, clock, { page }, offline);
    engine.start();
    await expect.poll(() => timers).toHaveLength(1); // and its time never comes
    transport.script(take);
    clock.pass(FROZEN_MS);
    document.dispatchEvent(new Event('resume'));
    await expect.poll(() => ledger.unsent()).toBe(0);
    await expect.poll(() => status.get().state).toBe('idle');
    engine.stop();
    const before = transport.requests.length;
    document.dispatchEvent(new Event('resume'));
    expect(transport.requests).toHaveLength(before);
  });

  it('S-09 leaves sending to the tab that holds the lock and looks again within 30 s', async () => {
    const { ledger, clock } = await joinedLedger();
    const locks = {
      request: (_name: string, _options: unknown, run: (lock: null) => unknown) => run(null),
    };
    const { engine, transport, timers } = engineOver(
      ledger,
      clock,
      { locks: locks as unknown as LockManager },
      take,
    );
    engine.start();
    await expect.poll(() => timers.map(({ ms }) => ms)).toEqual([20_000]);
    expect(transport.requests).toEqual([]);
    engine.stop();
  });
});
