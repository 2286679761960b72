import { readFileSync } from 'node:fs';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { createLedger, openLedger } from '#data/ledger/create-ledger.ts';
import { erasedRow } from '#data/ledger/erase.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import * as v1 from '#data/versions/v1.ts';
import * as v2 from '#data/versions/v2.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import { databaseOf } from '#tests/support/mirrored-phone.ts';
import { accepting } from '#tests/support/scripted-transport.ts';
import { engineOver } from '#tests/support/test-engine.ts';
import { loadDatabase, type SchemaFixture } from '#tests/support/schema-fixture.ts';
import { BRANCH, createTestLedger, ME, OTHER, STUDY, testId } from '#tests/support/test-ledger.ts';
import { openAppOfV1 } from '#tests/support/v1/app.ts';

/** A secretary and a member on one phone: records saved, sent, received and refused, of known and unknown kinds. */
const schema1 = fixture(1);
/** The same phone later: one record erased by another desk, one of its own before it was sent. */
const schema2 = fixture(2);

function fixture(version: number): SchemaFixture {
  const file = new URL(`../fixtures/schema-${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as SchemaFixture;
}

const ROWS_OF_1 = [
  ['activity', 1, 'received', 1],
  ['activity', 2, 'sent', 4],
  ['check-in', 3, 'refused', null],
  ['dance', 2, 'received', 2],
  ['study', 1, 'saved', null],
  ['study', 4, 'saved', null],
];
const ROWS_OF_2 = [
  ...ROWS_OF_1.slice(0, 4),
  ['erased', 3, 'received', 3],
  ['erased', 5, 'saved', null],
  ['erasure', 4, 'received', 4],
  ['erasure', 6, 'saved', null],
  ...ROWS_OF_1.slice(4),
];

/** Every schema that was ever released; `unsent`: of both people. */
const RELEASED = [
  { version: 1, stored: schema1, stores: v1.stores, rows: ROWS_OF_1, unsent: 3, next: 5 },
  {
    ...{ version: 2, stored: schema2, stores: { ...v1.stores, ...v2.stores } },
    ...{ rows: ROWS_OF_2, unsent: 5, next: 7 },
  },
];

async function rowsIn(ledger: Ledger) {
  const records = await ledger.records();
  return records.map(({ kind, seq, state, n }) => [kind, seq, state, n]);
}

/** Sends everything to a server that takes it; what it was sent. */
async function sendAll({
  ledger,
  clock,
}: {
  ledger: Ledger;
  clock: Parameters<typeof engineOver>[1];
}) {
  const grants = (await ledger.current())?.grants ?? [];
  const { engine, transport } = engineOver(ledger, clock, {}, (request) =>
    accepting(request, { grants }),
  );
  const outcome = await engine.syncOnce();
  return { outcome, sent: transport.requests.flatMap(({ records = [] }) => records) };
}

describe.each(RELEASED)('schema $version', ({ stored, stores, rows, unsent, next }) => {
  it('is frozen', () => {
    expect(stores).toEqual(stored.stores);
  });

  it('D-14 opens with all rows intact, and what was unsent is sent', async () => {
    const { deps, clock } = createTestLedger();
    await loadDatabase(deps, stored);
    const ledger = createLedger(deps);
    expect((await ledger.people()).map(({ person, fresh }) => [person, fresh])).toEqual([
      [ME, false],
      [OTHER, true],
    ]);
    expect((await rowsIn(ledger)).sort()).toEqual(rows);
    expect(await ledger.kept('half-hour')).toMatchObject({ counted: 600_000 });

    const { outcome } = await sendAll({ ledger, clock });
    expect(outcome).toMatchObject({ ok: true, value: { pushed: unsent } });
    expect(await ledger.sync.countUnsent(ME)).toBe(0);
    expect(await ledger.sync.countUnsent(OTHER)).toBe(0);
    const study = { day: '2026-03-02', minutes: 10, how: 'book' };
    expect(await ledger.write({ kind: 'study', body: study })).toMatchObject({
      ok: true,
      value: { seq: next },
    });
  });

  it('D-14 keeps every row to the last character, but what was erased', async () => {
    const { deps } = createTestLedger();
    await loadDatabase(deps, stored);
    const ledger = createLedger(deps);
    const held = await databaseOf(ledger).records.toArray();
    const byKey = (all: unknown[]) => all.map((row) => canonicalJson(row as never)).sort();
    expect(byKey(held)).toEqual(byKey(stored.rows['records'] ?? []));
  });
});

describe('schema 1', () => {
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
    const again = await bare.ledger.admit(admission);
    await databaseOf(bare.ledger).people.update(ME, { key: person.key });
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

  it('D-14 the erasures that an old app had kept unread are applied when it is updated', async () => {
    const { deps } = createTestLedger();
    const [activity] = (schema1.rows['records'] ?? []) as Record<string, unknown>[];
    const early = testId(909);
    // The role stays, what was to be confirmed waits, and what is still to come is noted.
    const role = {
      ...activity,
      id: testId(901),
      hash: 'role',
      kind: 'role',
      topic: 'role',
      seq: 901,
    };
    const text = JSON.stringify({ records: [activity?.['id'], role.id, early] });
    const kept = { ...activity, kind: 'erasure', topic: 'erasure', seq: 902, text };
    const unread = { ...kept, id: testId(902), hash: 'unread' };
    const spoilt = { ...kept, id: testId(903), hash: 'spoilt', text: 'not JSON' };
    await loadDatabase(deps, schema1);
    const old = openAppOfV1(deps);
    for (const row of [role, unread, spoilt]) await old.add(row as never);
    const unsent = await old.listUnsent(ME);
    old.close();

    const ledger = createLedger(deps);
    const db = databaseOf(ledger);
    const held = await db.records.where('[owner+topic]').equals([ME, 'erased']).toArray();
    // The frozen upgrade makes of it what today's code does.
    expect(held).toEqual([erasedRow(activity as never)]);
    expect(held[0]).toMatchObject({ hash: activity?.['hash'], salt: '', text: '{}' });
    expect((await db.erasures.toArray()).map(({ id }) => id)).toContain(early);
    expect(await db.erasures.count()).toBe(3);
    const person = await ledger.current();
    if (!person) throw new Error('the fixture has a person');
    expect((await ledger.sync.listUnsent(person, 9)).records).toEqual(unsent);
  });
});

describe('an app that is older than its database', () => {
  it('D-14 schema 1 goes on with a database of schema 2: nothing fails, nothing is lost', async () => {
    const { deps, clock } = createTestLedger();
    await loadDatabase(deps, schema2);
    const old = openAppOfV1(deps);
    await old.open();
    const seen = (await old.records(ME)).map(({ kind, seq, state }) => [kind, seq, state]);
    expect(seen.sort()).toEqual(ROWS_OF_2.map((row) => row.slice(0, 3)));
    // What it cannot send rightly the server puts apart (invalid): never a loop, never a crash.
    const unsent = await old.listUnsent(ME);
    expect(unsent.map(({ seq, salt }) => [seq, salt === ''])).toEqual([
      [1, false],
      [4, false],
      [5, true],
      [6, false],
    ]);
    old.close();
    const ledger = createLedger(deps);
    expect((await rowsIn(ledger)).sort()).toEqual(ROWS_OF_2);
    expect((await sendAll({ ledger, clock })).outcome).toMatchObject({ value: { pushed: 5 } });
  });

  it('D-14 a page of schema 1 that stays open lets the new one in, and goes on', async () => {
    const { deps } = createTestLedger();
    await loadDatabase(deps, schema1);
    const old = openAppOfV1(deps);
    await old.open();
    const opened = await openLedger(deps);
    expect(opened.ok).toBe(true);
    expect(await old.countUnsent(ME)).toBe(2);
    old.close();
  });

  it('D-14 this app goes on with a database of a later version', async () => {
    const { deps, clock } = createTestLedger();
    await loadDatabase(deps, schema2);
    const { name = 'ledger', indexedDB, IDBKeyRange } = deps;
    const places = { ...(indexedDB && { indexedDB }), ...(IDBKeyRange && { IDBKeyRange }) };
    const later = new Dexie(name, places);
    later.version(3).stores({ ...schema2.stores, cards: '[owner+id]' });
    await later.open();
    later.close();
    const opened = await openLedger(deps);
    if (!opened.ok) throw new Error(opened.error);
    const ledger = opened.value;
    expect((await rowsIn(ledger)).sort()).toEqual(ROWS_OF_2);
    expect((await sendAll({ ledger, clock })).outcome).toMatchObject({ value: { pushed: 5 } });
    expect((await ledger.write({ kind: 'study', body: STUDY })).ok).toBe(true);
    const erased = { kind: 'erasure', scope: BRANCH, body: { records: [testId(1)] } };
    expect((await ledger.write(erased)).ok).toBe(true);
  });
});
