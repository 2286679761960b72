import { describe, expect, it, vi } from 'vitest';
import { losableIndexedDB } from '#tests/support/losable-indexeddb.ts';
import { ACTIVITY, BRANCH, joinedLedger, OTHER, STUDY } from '#tests/support/test-ledger.ts';

describe('several queries at once', () => {
  it('see one moment: what is saved between them is in none', async () => {
    const { ledger } = await joinedLedger();
    const reading = ledger.atOnce(async () => {
      const counts: number[] = [];
      for (let n = 0; n < 40; n += 1) counts.push(await ledger.unsent());
      return counts;
    });
    const saving = ledger.write({ kind: 'study', body: STUDY });
    expect(new Set(await reading)).toEqual(new Set([0]));
    expect(await saving).toMatchObject({ ok: true });
    expect(await ledger.unsent()).toBe(1);
  });

  it('are followed as each of them would be, for whoever is on the screen', async () => {
    const { ledger, person } = await joinedLedger();
    await ledger.write({ kind: 'study', body: STUDY });
    const seen: string[] = [];
    const query = () =>
      ledger.atOnce(async () => {
        const rows = await ledger.records({ kind: 'study' });
        return `${(await ledger.current())?.person === person.person} ${rows.length}`;
      });
    const { unsubscribe } = ledger.live(query).subscribe((told) => seen.push(told));
    await vi.waitFor(() => expect(seen).toEqual(['true 1']));
    await ledger.write({ kind: 'study', body: STUDY });
    await vi.waitFor(() => expect(seen.at(-1)).toBe('true 2'));
    await ledger.admit({ ...person, person: OTHER, device: OTHER });
    await vi.waitFor(() => expect(seen.at(-1)).toBe('false 0'));
    unsubscribe();
  });

  it('D-09 begin anew together where the connection is lost under them', async () => {
    const disk = losableIndexedDB();
    const { ledger } = await joinedLedger('member', { ...disk, wait: async () => {} });
    await ledger.write({ kind: 'study', body: STUDY });
    disk.lose();
    const told = await ledger.atOnce(async () => {
      const rows = await ledger.records({ kind: 'study' });
      return [rows.length, await ledger.unsent()];
    });
    expect(told).toEqual([1, 1]);
  });
});

describe('a query for several kinds', () => {
  it('answers with each row of them once, and with none of others', async () => {
    const { ledger } = await joinedLedger('secretary');
    await ledger.write({ kind: 'study', body: STUDY });
    await ledger.write({ kind: 'activity', scope: BRANCH, body: ACTIVITY });
    const kindsOf = async (kind: readonly string[]) =>
      (await ledger.records({ kind })).map((row) => row.kind).sort();
    expect(await kindsOf(['study', 'activity', 'study'])).toEqual(['activity', 'study']);
    expect(await kindsOf(['activity', 'check-in'])).toEqual(['activity']);
    expect(await kindsOf([])).toEqual([]);
    expect(await ledger.records({ kind: ['study'], scope: BRANCH })).toEqual([]);
  });
});
