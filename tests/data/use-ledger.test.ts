import { describe, expect, it } from 'vitest';
import { createApp, effectScope, watch } from 'vue';
import { ledgerKey, useLedger, useLive } from '#data/use-ledger.ts';
import { joinedLedger, STUDY } from '#tests/support/test-ledger.ts';

describe('useLive', () => {
  it('follows the ledger with its scope and no longer', async () => {
    const { ledger } = await joinedLedger();
    const app = createApp({});
    app.provide(ledgerKey, ledger);
    const scope = effectScope();
    const count = app.runWithContext(() => scope.run(() => useLive(() => countOf(ledger), -1)));
    expect(count?.value).toBe(-1);
    await expect.poll(() => count?.value).toBe(0);
    await ledger.write({ kind: 'study', body: STUDY });
    await expect.poll(() => count?.value).toBe(1);
    scope.stop();
    let changed = false;
    watch(
      () => count?.value,
      () => (changed = true),
      { flush: 'sync' },
    );
    await ledger.write({ kind: 'study', body: STUDY });
    await new Promise((done) => setTimeout(done, 50));
    expect(changed).toBe(false);
  });

  it('says plainly when no ledger was provided', () => {
    expect(() => createApp({}).runWithContext(useLedger)).toThrow('no ledger was provided');
  });
});

const countOf = async (ledger: Awaited<ReturnType<typeof joinedLedger>>['ledger']) =>
  (await ledger.records({ kind: 'study' })).length;
