import { expect, it } from 'vitest';
import { createScriptMemory, preferredScript } from '#app/script-preference.ts';
import { databaseOf } from '#data/ledger/database.ts';
import { memoryStorage } from '#tests/support/memory-storage.ts';
import { createTestLedger } from '#tests/support/test-ledger.ts';

const KEY = 'rixue.script';

/** A phone, and what it is at its next start with a storage that was written up to `then`. */
function phone() {
  const { ledger, clock } = createTestLedger();
  const db = databaseOf(ledger);
  const storage = memoryStorage();
  const memory = createScriptMemory({ db, storage, clock });
  const choose = async (script: 'hans' | 'hant') => {
    clock.pass(1_000);
    await memory.remember(script);
  };
  return { ledger, storage, memory, choose, shown: () => preferredScript(storage, 'zh-CN') };
}

it('is what was chosen last, and says that nothing is lost', async () => {
  const { choose, shown, memory } = phone();
  expect(await memory.lost()).toBe(null);
  await choose('hant');
  await choose('hans');
  expect([shown(), await memory.lost()]).toEqual(['hans', null]);
});

it('comes back from the ledger where the browser had not written its small storage yet', async () => {
  const { choose, storage, shown, memory } = phone();
  await choose('hans');
  const then = [...storage.values];
  await choose('hant');
  storage.values.clear();
  for (const [key, value] of then) storage.setItem(key, value);
  expect([shown(), await memory.lost()]).toEqual(['hans', 'hant']);
  storage.values.clear();
  expect(await memory.lost()).toBe('hant');
});

it('stays as the small storage has it where the ledger could not keep it, or an older build chose', async () => {
  const { choose, storage, shown, memory, ledger } = phone();
  await choose('hant');
  storage.setItem(KEY, 'hans'); // as a build before this one
  expect([shown(), await memory.lost()]).toEqual(['hans', null]);
  ledger.close();
  await choose('hant');
  expect([shown(), await memory.lost()]).toEqual(['hant', null]);
});

it('holds until the page closes where nothing can be stored', async () => {
  const { clock } = createTestLedger();
  const memory = createScriptMemory({ db: null, storage: undefined, clock });
  await memory.remember('hant');
  expect(await memory.lost()).toBe(null);
  expect(preferredScript(undefined, 'zh-CN')).toBe('hans');
});
