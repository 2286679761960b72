import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, effectScope, type ShallowRef } from 'vue';
import { ledgerKey } from '#data/use-ledger.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { createLiveAhead } from '#features/desk/live-ahead.ts';
import { joinedLedger, STUDY } from '#tests/support/test-ledger.ts';

/** A turn of the event loop: the screen that comes next is there by then. */
const aTask = () => new Promise((done) => setTimeout(done));

describe('a live query that the screen before follows', () => {
  beforeEach(() => vi.stubGlobal('requestAnimationFrame', setImmediate));
  afterEach(() => vi.unstubAllGlobals());

  it('gives the next screen its last answer at once, and goes on there', async () => {
    const { ledger, screen } = await phone();
    const before = screen();
    expect(before.held.value).toBeNull();
    await expect.poll(() => before.held.value).toBe(0);
    await ledger.write({ kind: 'study', body: STUDY });
    await expect.poll(() => before.held.value).toBe(1);
    before.leave();
    const next = screen();
    expect(next.held.value).toBe(1);
    await ledger.write({ kind: 'study', body: STUDY });
    await expect.poll(() => next.held.value).toBe(2);
    next.leave();
  });

  it('keeps nothing for a screen that does not come next: somebody else may be on it', async () => {
    const { screen } = await phone();
    const before = screen();
    await expect.poll(() => before.held.value).toBe(0);
    before.leave();
    await aTask();
    const later = screen();
    expect(later.held.value).toBeNull();
    later.leave();
  });
});

/** A phone whose screens follow how many records there are. */
async function phone() {
  const { ledger } = await joinedLedger();
  const app = createApp({}).provide(ledgerKey, ledger);
  const useCount = createLiveAhead<number>();
  const screen = () => {
    const scope = effectScope();
    const held = app.runWithContext(() => scope.run(() => useCount(() => countOf(ledger))));
    return { held: held as Readonly<ShallowRef<number | null>>, leave: () => scope.stop() };
  };
  return { ledger, screen };
}

const countOf = async (ledger: Ledger) => (await ledger.records({ kind: 'study' })).length;
