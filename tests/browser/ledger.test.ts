/** The ledger over Chromium's own IndexedDB, WebCrypto and CompressionStream. */
import { afterEach, describe, expect, it } from 'vitest';
import { createLedger, openLedger, type LedgerDeps } from '#data/ledger/create-ledger.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { createIds } from '#lib/ids.ts';
import type { WireRow } from '#protocol/record.ts';
import { createDeviceKey } from '#sync/device-key.ts';
import { pack } from '#sync/pack.ts';
import { sealBatch } from '#sync/seal.ts';

const ME = '00000000-0000-7000-8000-000000000001';
const BRANCH = '00000000-0000-7000-8000-000000000003';
const STUDY = { day: '2026-03-01', minutes: 30, how: 'app' };
const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };

const ledgers: Ledger[] = [];
afterEach(() => {
  for (const ledger of ledgers.splice(0)) ledger.close();
});

function depsOf(name: string): LedgerDeps {
  return { clock, random, ids: createIds({ clock, random }), crypto, name };
}

async function joined(name: string): Promise<Ledger> {
  const opened = await openLedger(depsOf(name));
  if (!opened.ok) throw new Error(opened.error);
  ledgers.push(opened.value);
  await opened.value.admit({
    person: ME,
    device: '00000000-0000-7000-8000-000000000002',
    token: 'token',
    signing: await createDeviceKey(crypto.subtle),
    names: { hans: '黄国强' },
    place: { hans: '石桥村党支部' },
    grants: [{ scope: BRANCH, role: 'secretary' }],
    county: {
      id: '00000000-0000-7000-8000-000000000004',
      names: { hans: '演示县', hant: '演示縣' },
      demo: true,
    },
    epoch: 'first',
  });
  return opened.value;
}

describe('in Chromium', () => {
  it('parallel writes of both sorts are kept, chained and there after a restart', async () => {
    const ledger = await joined('restart');
    const activity = {
      kind: 'activity',
      scope: BRANCH,
      body: { type: 'other', title: '会', starts: 1 },
    };
    const drafts = Array.from({ length: 20 }, (_, i) =>
      i % 2 ? activity : { kind: 'study', body: STUDY },
    );
    const results = await Promise.all(drafts.map((draft) => ledger.write(draft)));
    expect(results.every(({ ok }) => ok)).toBe(true);
    ledger.close();
    const again = createLedger(depsOf('restart'));
    ledgers.push(again);
    const seqs = (await again.records()).map(({ seq }) => seq).sort((a, b) => a - b);
    expect(seqs).toEqual(drafts.map((_, i) => i + 1));
    expect(await again.unsent()).toBe(20);
  });

  it('the device key is stored, not extractable, and seals after a restart', async () => {
    const ledger = await joined('seal');
    await ledger.write({ kind: 'study', body: STUDY });
    ledger.close();
    const again = createLedger(depsOf('seal'));
    ledgers.push(again);
    const person = await again.current();
    if (!person) throw new Error('nobody is here');
    expect(person.signing?.privateKey.extractable).toBe(false);
    const seals = await sealBatch(crypto.subtle, person, await again.sync.listUnsent(person, 9));
    expect(seals).toMatchObject([{ upTo: 1, head: expect.any(String) }]);
  });

  it('a live query follows writes and applied pages', async () => {
    const ledger = await joined('live');
    const seen: number[] = [];
    const subscription = ledger
      .live(() => ledger.records())
      .subscribe((rows) => seen.push(rows.length));
    await expect.poll(() => seen).toEqual([0]);
    await ledger.write({ kind: 'study', body: STUDY });
    await expect.poll(() => seen.at(-1)).toBe(1);
    const person = await ledger.current();
    if (!person) throw new Error('nobody is here');
    const row: WireRow = {
      id: ME,
      kind: 'activity',
      v: 1,
      scope: BRANCH,
      author: ME,
      device: ME,
      seq: 1,
      day: '2026-03-01',
      at: 1,
      salt: 'AAAAAAAAAAA',
      body: { type: 'other', title: '会', starts: 1 },
      n: 1,
    };
    const page = {
      scope: BRANCH,
      view: 'member' as const,
      rows: [row],
      cursor: { n: 1, tag: 't' },
      more: false,
    };
    await ledger.sync.applyPage(person, page, { n: 0, tag: '' });
    await expect.poll(() => seen.at(-1)).toBe(2);
    subscription.unsubscribe();
    const again = { ...row, id: person.device, seq: 2, n: 2 };
    const next = { ...page, rows: [row, again], cursor: { n: 2, tag: 'u' } };
    expect(await ledger.sync.applyPage(person, next, { n: 1, tag: 't' })).toBe(1);
    expect(await ledger.sync.applyPage(person, next, { n: 1, tag: 't' })).toBe(0);
    expect(await ledger.records({ kind: 'activity' })).toHaveLength(2);
    expect(await ledger.sync.listCursors(person)).toContainEqual({
      ...{ scope: BRANCH, view: 'member', n: 2, tag: 'u' },
    });
  });

  it('a large request is gzip by the browser', async () => {
    const packet = await pack({ text: 'x'.repeat(5_000) });
    expect([packet.gzip, packet.bytes[0], packet.bytes[1]]).toEqual([true, 0x1f, 0x8b]);
  });
});
