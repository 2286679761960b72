import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLedger } from '#data/ledger/create-ledger.ts';
import { stores } from '#data/versions/v1.ts';
import { accepting } from '#tests/support/scripted-transport.ts';
import { engineOver } from '#tests/support/test-engine.ts';
import { loadDatabase, type SchemaFixture } from '#tests/support/schema-fixture.ts';
import { createTestLedger, ME, OTHER } from '#tests/support/test-ledger.ts';

/** A secretary and a member on one phone: records saved, sent, received and refused, of known and unknown kinds. */
const schema1 = JSON.parse(
  readFileSync(new URL('../fixtures/schema-1.json', import.meta.url), 'utf8'),
) as SchemaFixture;

describe('schema 1', () => {
  it('is frozen', () => {
    expect(stores).toEqual(schema1.stores);
  });

  it('D-14 opens with all rows intact, and what was unsent is sent', async () => {
    const { deps, clock } = createTestLedger();
    await loadDatabase(deps, schema1);
    const ledger = createLedger(deps);
    expect((await ledger.people()).map(({ person, fresh }) => [person, fresh])).toEqual([
      [ME, false],
      [OTHER, true],
    ]);
    const rows = (await ledger.records()).map(({ kind, seq, state, n }) => [kind, seq, state, n]);
    expect(rows.sort()).toEqual([
      ['activity', 1, 'received', 1],
      ['activity', 2, 'sent', 4],
      ['check-in', 3, 'refused', null],
      ['dance', 2, 'received', 2],
      ['study', 1, 'saved', null],
      ['study', 4, 'saved', null],
    ]);
    expect(await ledger.kept('half-hour')).toMatchObject({ counted: 600_000 });

    const grants = (await ledger.current())?.grants ?? [];
    const { engine } = engineOver(ledger, clock, {}, (request) => accepting(request, { grants }));
    expect(await engine.syncOnce()).toMatchObject({ ok: true, value: { pushed: 3 } });
    expect(await ledger.sync.countUnsent(ME)).toBe(0);
    expect(await ledger.sync.countUnsent(OTHER)).toBe(0);
    const study = { day: '2026-03-02', minutes: 10, how: 'book' };
    expect(await ledger.write({ kind: 'study', body: study })).toMatchObject({
      ok: true,
      value: { seq: 5 },
    });
  });

  it('opens what it encrypted itself', async () => {
    const { deps } = createTestLedger();
    await loadDatabase(deps, schema1);
    const ledger = createLedger(deps);
    const [person] = await ledger.people();
    const [wire] = person ? (await ledger.sync.listUnsent(person, 1)).records : [];
    if (!person || !wire) throw new Error('the fixture has an unsent record');
    const bare = createTestLedger();
    const { signing, names, place, grants, county, epoch, token, device } = person;
    const admission = { person: ME, signing, names, place, grants, county, epoch, token, device };
    const again = { ...(await bare.ledger.admit(admission)), key: person.key };
    const page = {
      scope: `person:${ME}`,
      view: 'self' as const,
      cursor: { n: 1, tag: 't' },
      more: false,
    };
    const row = { ...wire, n: 1 } as never;
    await bare.ledger.sync.applyPage(again, { ...page, rows: [row] }, { n: 0, tag: '' });
    expect(await bare.ledger.records({ kind: 'study' })).toMatchObject([
      { body: { note: '读了一章' } },
    ]);
  });
});
