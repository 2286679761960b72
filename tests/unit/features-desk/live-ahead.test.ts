import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, effectScope } from 'vue';
import { ledgerKey } from '#data/use-ledger.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { createLiveAhead } from '#features/desk/live-ahead.ts';
import { joinedLedger, OTHER, STUDY } from '#tests/support/test-ledger.ts';

/** A turn of the event loop: the screen that comes next is there by then. */
const aTask = () => new Promise((done) => setTimeout(done));

describe('a live query that the screen before follows', () => {
  beforeEach(() => vi.stubGlobal('requestAnimationFrame', setImmediate));
  afterEach(() => vi.unstubAllGlobals());

  it('gives the next screen its last answer at once, and goes on there', async () => {
    const { ledger, ahead, screen } = await phone();
    await ledger.write({ kind: 'study', body: STUDY });
    const before = await ahead(1);
    before.leave();
    const next = screen();
    expect(next.held.value).toBe(1);
    await ledger.write({ kind: 'study', body: STUDY });
    await expect.poll(() => next.held.value).toBe(2);
    next.leave();
  });

  it('keeps nothing for a screen that does not come next: somebody else may be on it', async () => {
    const { ahead, screen } = await phone();
    const before = await ahead(0);
    before.leave();
    await aTask();
    const later = screen();
    expect(later.held.value).toBeNull();
    later.leave();
  });

  it.each([true, false])(
    'gives nothing of a screen to the one that begins anew for somebody else (read ahead: %s)',
    async (isAhead) => {
      const { ledger, person, ahead, screen } = await phone();
      await ledger.write({ kind: 'study', body: STUDY });
      if (isAhead) (await ahead(1)).leave();
      const first = screen();
      await expect.poll(() => first.held.value).toBe(1);
      await ledger.admit({ ...person, person: OTHER, device: OTHER });
      first.leave();
      const anew = screen();
      expect(anew.held.value).toBeNull();
      await expect.poll(() => anew.held.value).toBe(0);
      anew.leave();
    },
  );
});

/** A phone whose screens follow how many records there are. */
async function phone() {
  const { ledger, person } = await joinedLedger();
  const app = createApp({}).provide(ledgerKey, ledger);
  const live = createLiveAhead<number>();
  let told: number | null = null;
  const query = async () => (told = await countOf(ledger));
  const run = <T>(work: () => T) => {
    const scope = effectScope();
    const held = app.runWithContext(() => scope.run(work)) as T;
    return { held, leave: () => scope.stop() };
  };
  const ahead = async (answer: number) => {
    const before = run(() => live.ahead(query));
    await expect.poll(() => told).toBe(answer);
    await aTask();
    return before;
  };
  return { ledger, person, ahead, screen: () => run(() => live.use(query)) };
}

const countOf = async (ledger: Ledger) => (await ledger.records({ kind: 'study' })).length;
