/** A ledger in memory with people, and rows as the server would send them. */
import { createLedger, type LedgerDeps } from '#data/ledger/create-ledger.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { Admission } from '#data/ledger/person.ts';
import type { Grant } from '#domain/roles.ts';
import { createIds } from '#lib/ids.ts';
import type { PlainRecord, WireRow } from '#protocol/record.ts';
import type { Page } from '#protocol/sync.ts';
import { memoryIndexedDB } from './memory-indexeddb.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

/** A readable id: `testId(7)`. */
export function testId(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

export const ME = testId(1);
export const DEVICE = testId(2);
export const BRANCH = testId(3);
export const COUNTY = testId(4);
export const OTHER_DEVICE = testId(5);
export const OTHER = testId(6);

export interface TestLedger {
  ledger: Ledger;
  clock: TestClock;
  /** To open the same database again. */
  deps: LedgerDeps;
}

/** An empty ledger with its own IndexedDB. */
export function createTestLedger(change: Partial<LedgerDeps> = {}): TestLedger {
  const clock = createTestClock();
  const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
  const deps: LedgerDeps = {
    clock,
    ids: createIds({ clock, random }),
    random,
    crypto,
    ...memoryIndexedDB(),
    name: `ledger-${crypto.randomUUID()}`,
    ...change,
  };
  return { ledger: createLedger(deps), clock, deps };
}

/** Somebody who has just joined. */
export function admission(change: Partial<Admission> = {}): Admission {
  return {
    person: ME,
    device: DEVICE,
    token: 'token-of-me',
    signing: null,
    names: { hans: '黄国强' },
    place: { hans: '石桥村党支部' },
    grants: [grant('member')],
    county: { id: COUNTY, names: { hans: '演示县', hant: '演示縣' }, demo: true },
    epoch: 'first',
    ...change,
  };
}

/** A role in the branch. */
export function grant(role: Grant['role'], scope = BRANCH): Grant {
  return { scope, role };
}

/** A ledger with one person in it. */
export async function joinedLedger(
  role: Grant['role'] = 'member',
  change: Partial<LedgerDeps> = {},
) {
  const test = createTestLedger(change);
  const grants = role === 'member' ? [grant('member')] : [grant('member'), grant(role)];
  const person = await test.ledger.admit(admission({ grants }));
  return { ...test, person };
}

export const STUDY = { day: '2026-03-01', minutes: 30, how: 'app' };
export const ACTIVITY = { type: 'theme-day', title: '主题党日', starts: 1 };

/** An activity that somebody else's device wrote. */
export function activityRow(n: number, change: Partial<PlainRecord> = {}): WireRow {
  return {
    id: testId(1_000 + n),
    kind: 'activity',
    v: 1,
    scope: BRANCH,
    author: OTHER,
    device: OTHER_DEVICE,
    seq: n,
    day: '2026-03-01',
    at: 1,
    salt: 'AAAAAAAAAAA',
    body: { ...ACTIVITY, title: `活动 ${n}` },
    ...change,
    n,
  };
}

/** A page of the member's view that ends with its last row. */
export function pageOf(rows: WireRow[], change: Partial<Page> = {}): Page {
  const n = rows[rows.length - 1]?.n ?? 0;
  return {
    scope: BRANCH,
    view: 'member',
    rows,
    cursor: { n, tag: `tag-${n}` },
    more: false,
    ...change,
  };
}
