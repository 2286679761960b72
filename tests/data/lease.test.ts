import { describe, expect, it } from 'vitest';
import { createLedger } from '#data/ledger/create-ledger.ts';
import { createLeaseLocks, LEASE_MS } from '#data/lease-locks.ts';
import { withSenderLock } from '#sync/sender-lock.ts';
import { createTestLedger } from '#tests/support/test-ledger.ts';

/** Two pages of one phone, whose waiting a test turns. */
function twoPages() {
  const { ledger, deps } = createTestLedger();
  const other = createLedger(deps);
  let now = 0;
  const sleepers: { until: number; wake: () => void; page: string }[] = [];
  const page = (name: string, { sync }: typeof ledger) => {
    const wait = (ms: number) =>
      new Promise<void>((wake) => sleepers.push({ until: now + ms, wake, page: name }));
    return createLeaseLocks({ sync, tab: name, wait });
  };
  /** Lets time go by a second at a time; what the database does meanwhile is waited for. */
  const pass = async (ms: number, frozen?: string) => {
    for (const end = now + ms; now < end;) {
      await settle();
      now += 1_000;
      const due = sleepers.filter((one) => one.until <= now && one.page !== frozen);
      for (const one of due) {
        sleepers.splice(sleepers.indexOf(one), 1);
        one.wake();
      }
    }
    await settle();
  };
  /** Lets time go by until it is settled. */
  const until = async <T>(result: Promise<T>): Promise<T> => {
    let waits = true;
    void result.finally(() => (waits = false));
    while (waits) await pass(1_000);
    return result;
  };
  return { a: page('a', ledger), b: page('b', other), pass, until, now: () => now };
}

/** The memory database answers within a few turns of the event loop. */
const settle = () => new Promise((settled) => setTimeout(settled, 20));

/** Holds the lock until told. */
function hold(locks: ReturnType<typeof twoPages>['a']) {
  let free = () => {};
  const until = new Promise<void>((resolve) => (free = resolve));
  let has = () => {};
  const holds = new Promise<void>((resolve) => (has = resolve));
  const done = withSenderLock(locks, () => (has(), until.then(() => 'done')));
  return { free: () => free(), done, holds };
}

describe('one sender without Web Locks', () => {
  it('S-09 a page whose holder lives goes away at once, and gets it once it is given up', async () => {
    const { a, b, until } = twoPages();
    const first = hold(a);
    await first.holds;
    expect(await until(withSenderLock(b, async () => 'sent'))).toBeNull();
    first.free();
    expect(await first.done).toBe('done');
    expect(await withSenderLock(b, async () => 'sent')).toBe('sent');
  });

  it('S-09 a holder that was killed is taken over within the lease, and no sooner', async () => {
    const { a, b, pass, now } = twoPages();
    await hold(a).holds;
    let taken: number | null = null;
    const second = withSenderLock(b, async () => ((taken = now()), 'sent'));
    await pass(LEASE_MS - 1_000, 'a');
    expect(taken).toBeNull();
    await pass(3_000, 'a');
    expect(await second).toBe('sent');
    // A look may come a second late on a busy machine.
    expect([LEASE_MS, LEASE_MS + 1_000]).toContain(taken);
  });

  it('S-09 of two pages at once one gets it', async () => {
    const { a, b, until } = twoPages();
    const [first, second] = [hold(a), hold(b)];
    await Promise.race([first.holds, second.holds]);
    // Whoever came second goes away while the first still holds it.
    await until(Promise.race([first.done, second.done]));
    first.free();
    second.free();
    expect([await first.done, await second.done].sort()).toEqual(['done', null]);
  });

  it('S-09 what a frozen holder does when it goes on takes nothing from the next', async () => {
    const { a, b, pass, until } = twoPages();
    const first = hold(a);
    await first.holds;
    const second = hold(b);
    await pass(LEASE_MS + 2_000, 'a');
    await second.holds;
    first.free();
    await first.done;
    expect(await until(withSenderLock(a, async () => 'sent'))).toBeNull();
    second.free();
    await second.done;
  });

  it('lets those who wait for it in one after another', async () => {
    const { a, b, until } = twoPages();
    const order: string[] = [];
    const one = a.request('mirror', async () => void order.push('a'));
    const two = b.request('mirror', async () => void order.push('b'));
    await until(Promise.all([one, two]));
    expect(order.sort()).toEqual(['a', 'b']);
  });
});
