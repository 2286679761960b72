/** What a phone does so that its chain stays whole: seals, a key made anew, the end of its token. */
import { describe, expect, it } from 'vitest';
import type { Ledger } from '#data/ledger/ledger.ts';
import { chainHead } from '#domain/records.ts';
import { fromBase64Url, toBase64Url } from '#lib/base64.ts';
import type { Seal, SyncRequest } from '#protocol/sync.ts';
import { createDeviceKey } from '#sync/device-key.ts';
import { databaseOf, EMPTIED, mirroredPhone, startAgain } from '#tests/support/mirrored-phone.ts';
import { accepting, type Step } from '#tests/support/scripted-transport.ts';
import { engineOver, held, study, take } from '#tests/support/test-engine.ts';
import { CURSOR_START } from '#protocol/limits.ts';
import {
  ACTIVITY,
  activityRow,
  BRANCH,
  DEVICE,
  joinedLedger,
  ME,
  OTHER,
  pageOf,
} from '#tests/support/test-ledger.ts';
import { CARD } from '#tests/support/wire-device.ts';

const { subtle } = crypto;

async function isSignedBy(key: string, { device = DEVICE, upTo, head, signature }: Seal) {
  const raw = fromBase64Url(key);
  const publicKey = await subtle.importKey(
    'raw',
    raw!,
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  );
  const text = new TextEncoder().encode(`${device} ${upTo} ${head}`);
  const signed = fromBase64Url(signature)!;
  return subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, publicKey, signed, text);
}

/** The head over everything that the ledger holds of its device. */
async function headOf(ledger: Ledger, upTo: number): Promise<string> {
  const rows = await databaseOf(ledger).records.toArray();
  const own = rows.filter((row) => row.seq <= upTo).sort((a, b) => a.seq - b.seq);
  let head: Uint8Array | null = null;
  for (const { hash } of own) head = chainHead(head, fromBase64Url(hash)!);
  return toBase64Url(head!);
}

const sealOf = (request: SyncRequest | undefined) => request?.seals?.[0] as Seal;

describe('a phone that lost its signing key', () => {
  it('D-06 makes another, gives it with each request until an answer came, and seals with it', async () => {
    const before = await mirroredPhone();
    await before.ledger.sync.keepSigning(before.person, (await createDeviceKey(subtle))!);
    await study(before.ledger, 2);
    await before.save();
    const { ledger } = await startAgain(before, EMPTIED());
    const { clock } = before;
    expect((await ledger.current())?.signing).toBeNull();
    const lost: Step = () => ({ code: 'network.unreachable' });
    const { engine, transport } = engineOver(ledger, clock, { subtle }, lost, take);
    await engine.syncOnce();
    await engine.syncOnce();
    const [first, second, push, ...rest] = transport.requests;
    expect(first?.key).toMatch(/^[\w-]{87}$/);
    expect(second?.key).toBe(first?.key);
    expect(push?.key).toBeUndefined();
    expect(rest).toEqual([]);
    expect(sealOf(push)).toMatchObject({ upTo: 2, head: await headOf(ledger, 2) });
    expect(await isSignedBy(first!.key!, sealOf(push))).toBe(true);
  });

  it('goes on without seals where none can be made', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger);
    const { engine, transport } = engineOver(ledger, clock, {}, take);
    expect((await engine.syncOnce()).ok).toBe(true);
    for (const { key, seals } of transport.requests)
      expect([key, seals]).toEqual([undefined, undefined]);
  });
});

describe('a seal', () => {
  it('S-06 names the records that were refused, by the hashes that its head holds', async () => {
    const { ledger, clock } = await joinedLedger('secretary');
    const write = () => ledger.write({ kind: 'activity', scope: BRANCH, body: ACTIVITY });
    const refuse: Step = (request) => {
      const results = (request.records ?? []).map((record) => {
        const { seq } = record as { seq: number };
        return { from: seq, to: seq, code: 'invalid' as const, reason: 'malformed' };
      });
      return accepting(request, { results, grants: grantsOf });
    };
    const grantsOf = (await ledger.current())!.grants;
    const keep: Step = (request) => accepting(request, { grants: grantsOf });
    await write();
    const { engine, transport } = engineOver(ledger, clock, { subtle }, keep, refuse, keep);
    await engine.syncOnce();
    await write();
    await engine.syncOnce();
    const seal = sealOf(transport.requests.at(-1));
    const [row] = await databaseOf(ledger)
      .records.filter((each) => each.seq === 1)
      .toArray();
    expect(seal.refused).toEqual([{ seq: 1, hash: row?.hash }]);
    expect(seal).toMatchObject({ upTo: 2, head: await headOf(ledger, 2) });
  });

  it('V-05 is there also for rows that came back from the server and are sent again', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger, 3);
    const { engine, transport } = engineOver(ledger, clock, { subtle }, take);
    await engine.syncOnce();
    const head = sealOf(transport.requests.at(-1)).head;
    // As after an emptied database: the same rows, without the heads that only this phone knew.
    await databaseOf(ledger).records.toCollection().modify({ head: null });
    await ledger.sync.beginEpoch((await ledger.current())!, 'second');
    transport.script((request) => accepting(request, { ...held, epoch: 'second' }));
    await engine.syncOnce();
    expect(sealOf(transport.requests.at(-1))).toMatchObject({
      upTo: 3,
      head,
    });
  });
});

describe('X-11 a phone whose token is over', () => {
  /** The server's rule: results for what is handed in, else told its end. */
  const ended: Step = (request) =>
    (request.records ?? []).length === 0
      ? { code: 'session.revoked' }
      : accepting(request, {
          results: [
            {
              ...{ from: 1, to: 99, code: 'to-confirm', reason: 'after-revocation' },
              ...{ n: 99, tag: 't' },
            },
          ],
        });

  it('hands in what it holds without asking for anything first, stops, and keeps its own', async () => {
    const { ledger, clock } = await joinedLedger();
    await study(ledger, 2);
    const { engine, transport, status } = engineOver(ledger, clock, {}, ended);
    expect(await engine.syncOnce()).toEqual({ ok: false, error: 'session.revoked' });
    expect(await ledger.unsent()).toBe(0);
    expect((await ledger.current())?.grants).toEqual([]);
    const asked = transport.requests.length;
    await engine.syncOnce();
    expect(transport.requests).toHaveLength(asked);
    expect(status.get()).toMatchObject({ state: 'trouble', code: 'session.revoked' });
    expect(await ledger.records({ kind: 'study' })).toHaveLength(2);
  });

  it('has nothing of the branch any more once it was told, and everything of its person', async () => {
    const { ledger, person, clock } = await joinedLedger('secretary');
    await study(ledger);
    const mine = { kind: 'member', subject: ME, body: { names: { hans: '黄国强' }, card: CARD } };
    const rows = [
      activityRow(1),
      activityRow(2, mine),
      activityRow(3, { ...mine, subject: OTHER }),
    ];
    await ledger.sync.applyPage(person, pageOf(rows, { view: 'desk' }), CURSOR_START);
    await ledger.write({ kind: 'activity', scope: BRANCH, body: ACTIVITY });
    const { engine } = engineOver(ledger, clock, {}, () => ({ code: 'session.revoked' }));
    expect(await engine.syncOnce()).toEqual({ ok: false, error: 'session.revoked' });
    const held = await ledger.records();
    expect(held.map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual([
      'activity saved',
      'member received',
      'study saved',
    ]);
    expect(held.find(({ kind }) => kind === 'member')?.subject).toBe(ME);
    const left = await ledger.current();
    expect(left?.grants).toEqual([]);
    expect(left && (await ledger.sync.listCursors(left))).toMatchObject([{ view: 'self' }]);
  });

  it('hands in what was written after its end too, until that is refused', async () => {
    const { ledger, clock } = await joinedLedger();
    const { engine, transport } = engineOver(ledger, clock, {}, ended);
    await engine.syncOnce();
    await study(ledger);
    await engine.syncOnce();
    expect(await ledger.unsent()).toBe(0);
    await study(ledger);
    transport.script(() => ({ code: 'session.revoked' }));
    await engine.syncOnce();
    const asked = transport.requests.length;
    await engine.syncOnce();
    expect(transport.requests).toHaveLength(asked);
    expect(await ledger.unsent()).toBe(1);
  });
});

it('a device id changes only when nothing waits under the old one, with key and cursors', async () => {
  const { ledger, person } = await joinedLedger();
  const next = { device: '00000000-0000-7000-8000-0000000000ff', token: 'next', signing: null };
  await study(ledger);
  expect(await ledger.sync.takeDevice(person, next)).toBe(false);
  expect((await ledger.current())?.device).toBe(DEVICE);
  await ledger.sync.applyResults(person, [{ from: 1, to: 1, code: 'ok', n: 1, tag: 't' }]);
  expect(await ledger.sync.takeDevice(person, next)).toBe(true);
  await study(ledger);
  const rows = await databaseOf(ledger).records.toArray();
  expect(rows.map(({ device, seq }) => [device, seq]).toSorted()).toEqual([
    [DEVICE, 1],
    [next.device, 1],
  ]);
  expect(await databaseOf(ledger).cursors.count()).toBe(0);
});
