/** Members' own proofs on the phones that hold them: the member's own, and the secretary's. */
import { describe, expect, it } from 'vitest';
import { readActivity } from '#data/activity-view.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import type { ProofBody } from '#domain/bodies/proof.ts';
import { codeSlot, digitsSlot, hallDigits, hallProof, hallSecret } from '#domain/hall-code.ts';
import { lastOwnProof, readOwnProof } from '#features/activities/own-proof.ts';
import { createRollDesk } from '#features/roll/roll-desk.ts';
import { linesOf, readProofs } from '#features/roll/read-proofs.ts';
import { fromBase64Url } from '#lib/base64.ts';
import { CURSOR_START } from '#protocol/limits.ts';
import {
  activityRow,
  BRANCH,
  createTestLedger,
  DEVICE,
  joinedLedger,
  ME,
  OTHER,
  pageOf,
  testId,
} from '#tests/support/test-ledger.ts';
import { createTestClock } from '#tests/support/test-clock.ts';

const NOW = createTestClock().now();
const MEETING = testId(1_001);
const KEY = 'B'.repeat(43);
const meeting = activityRow(1, {
  body: { type: 'lecture', title: '党课', starts: NOW },
});

function secretOf(device: string) {
  return hallSecret(fromBase64Url(KEY) ?? new Uint8Array(), MEETING, device);
}
const scanned = (device: string): ProofBody => ({
  ...{ way: 'code', activity: MEETING, device, type: 'lecture', starts: NOW },
  ...{ slot: codeSlot(NOW), proof: hallProof(secretOf(device), codeSlot(NOW)) },
});
const digits = (device: string): ProofBody => ({
  ...{ way: 'digits', digits: hallDigits(secretOf(device), digitsSlot(NOW)) },
});

/** A row about a member, as the server hands it on. */
function rowOf(n: number, kind: string, subject: string, body: object, author = subject) {
  return activityRow(n, {
    ...{ id: testId(2_000 + n), kind, subject, author, body: { ...body } },
    ...{ device: testId(3_000 + n), at: NOW, offset: 0, offsetAge: 0 },
  });
}
const CARD = '0123456789ABCDEF';
const named = (n: number, person: string) =>
  rowOf(n, 'member', person, { names: { hans: `某${n}` }, card: CARD }, OTHER);

/** The secretary's phone, with three members on the roster, a key, and what their phones have sent. */
async function deskPhone(proofs: ProofBody[]) {
  const { ledger, person, clock } = await joinedLedger('secretary');
  await ledger.sync.applyPage(
    person,
    pageOf(
      [
        meeting,
        ...[11, 12, 13].map((n) => named(n - 9, testId(n))),
        activityRow(5, { kind: 'presence-key', id: testId(2_005), body: { key: KEY } }),
        ...proofs.map((body, at) => rowOf(6 + at, 'proof', testId(11 + at), body)),
      ],
      { view: 'desk' },
    ),
    CURSOR_START,
  );
  const lines = async () => {
    const view = await readActivity(ledger, MEETING);
    if (!view) throw new Error('the meeting is not here');
    const held = await readProofs(ledger, view.activity);
    return held ? linesOf(view, held) : new Map();
  };
  const deskOf = (proven: ReadonlyMap<string, { records: string[] }>) =>
    createRollDesk({
      ...{ ledger, clock, activity: MEETING, scope: BRANCH },
      proofs: (one) => proven.get(one)?.records ?? [],
    });
  return { ledger, lines, deskOf };
}

describe('on the secretary’s phone', () => {
  it('own proofs by code and by digits ask for one tap each, and doubt says why', async () => {
    const { ledger, lines } = await deskPhone([
      scanned(DEVICE),
      digits(DEVICE),
      { ...scanned(DEVICE), proof: CARD } as ProofBody,
    ]);
    await ledger.write({ kind: 'shown', scope: BRANCH, body: { activity: MEETING } });
    const said = [...(await lines()).values()].map(({ subject, is, doubt, offsetUnknown }) => [
      ...[subject, is, doubt, offsetUnknown],
    ]);
    expect(said).toEqual([
      [testId(11), 'to-confirm', null, true],
      [testId(12), 'to-confirm', null, true],
      [testId(13), 'doubt', 'wrong-code', true],
    ]);
  });

  it('one tap decides them: 到 and 不算, and a name that is tapped as always', async () => {
    const { ledger, lines, deskOf } = await deskPhone(Array(3).fill(scanned(DEVICE)));
    const proven = await lines();
    const desk = deskOf(proven);
    await desk.tap(testId(11), 'present');
    await desk.tap(testId(12), 'none');
    expect([...(await lines()).keys()]).toEqual([testId(13)]);
    const view = await readActivity(ledger, MEETING);
    expect([11, 12, 13].map((n) => view?.roll.get(testId(n))?.state)).toEqual([
      'present',
      'none',
      undefined,
    ]);
    const [first] = await ledger.records({ kind: 'check-in', subject: testId(11) });
    expect(first?.body).toMatchObject({ state: 'present', proofs: [testId(2_006)] });
  });

  it('one that comes when the name was tapped already stands beside it', async () => {
    const { lines, deskOf } = await deskPhone([scanned(DEVICE)]);
    await deskOf(new Map()).set(testId(11), 'present', 'scan');
    expect([...(await lines()).values()]).toMatchObject([{ is: 'joined' }]);
  });

  it('nothing is read where nobody has proven anything', async () => {
    const { ledger } = await deskPhone([]);
    const asked: unknown[] = [];
    const records: Ledger['records'] = async (query) => (asked.push(query), []);
    const view = await readActivity(ledger, MEETING);
    expect(await readProofs({ records }, view?.activity ?? ({} as never))).toBeNull();
    expect(asked).toHaveLength(1);
  });
});

describe('on the member’s own phone', () => {
  async function ownPhone(body: ProofBody) {
    const { ledger, person } = await joinedLedger();
    await ledger.sync.applyPage(person, pageOf([meeting]), CURSOR_START);
    const written = await ledger.write({ kind: 'proof', scope: BRANCH, subject: ME, body });
    const id = written.ok ? written.value.id : '';
    let n = 1;
    const desk = (entry: object) => {
      n += 1;
      const row = rowOf(n, 'check-in', ME, { activity: MEETING, how: 'tap', ...entry }, OTHER);
      return ledger.sync.applyPage(person, pageOf([row]), { n: n - 1, tag: `tag-${n - 1}` });
    };
    return { ledger, id, desk, read: () => readOwnProof(ledger, id) };
  }

  it('says that it is on the phone, and of the roll what the desk’s record says and nothing before', async () => {
    const { read, desk, ledger, id } = await ownPhone(scanned(DEVICE));
    expect(await read()).toMatchObject({ kept: 'saved', said: null, minutes: 20 * 60 });
    expect(await lastOwnProof(ledger, MEETING)).toBe(id);
    await desk({ state: 'present' });
    expect(await read()).toMatchObject({ said: 'present' });
  });

  it('says honestly that the desk looked and did not count it', async () => {
    const { read, desk, id } = await ownPhone(scanned(DEVICE));
    await desk({ state: 'none' });
    expect(await read()).toMatchObject({ said: null });
    await desk({ state: 'none', proofs: [id] });
    expect(await read()).toMatchObject({ said: 'none' });
  });

  it('knows of digits what they were for once the desk has said so', async () => {
    const { read, desk, id, ledger } = await ownPhone(digits(DEVICE));
    expect(await lastOwnProof(ledger, MEETING)).toBe(id);
    await desk({ state: 'present' });
    expect(await read()).toMatchObject({ said: null });
    await desk({ state: 'online', proofs: [id] });
    expect(await read()).toMatchObject({ said: 'online' });
  });

  it('holds nothing of anybody before somebody has joined', async () => {
    const { ledger } = createTestLedger();
    expect(await readOwnProof(ledger, MEETING)).toBeNull();
    expect(await lastOwnProof(ledger, MEETING)).toBeNull();
  });
});
