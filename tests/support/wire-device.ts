/** A device that speaks the bare protocol: for tests of the server, which must hold against any client. */
import { randomBytes } from 'node:crypto';
import { KINDS, type Kind } from '#domain/kinds.ts';
import { toBase64Url } from '#lib/base64.ts';
import type { JoinAnswer } from '#protocol/join.ts';
import type { PlainRecord, SelfRecord } from '#protocol/record.ts';
import type { Page, SyncAnswer, SyncRequest } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { createSealer, type Sealer } from './wire-seal.ts';
import { machineSources } from '#server/sources.ts';

const { ids } = machineSources();

/** A fresh id. */
export function newId(): string {
  return ids.next();
}

/** 32 random bytes, as secrets and tokens are. */
export function newSecretText(): string {
  return toBase64Url(Uint8Array.from(randomBytes(32)));
}

/** 16 characters of Crockford's alphabet. */
export const CARD = '0123456789ABCDEF';

/** An ordinary record with whatever the test does not care about filled in. */
export function wireRecord(
  record: Pick<PlainRecord, 'scope' | 'seq' | 'body'> & { kind: Kind } & Partial<PlainRecord>,
): PlainRecord {
  return {
    id: newId(),
    v: KINDS[record.kind].version,
    day: '2026-03-05',
    at: 1_772_700_000_000,
    salt: toBase64Url(Uint8Array.from(randomBytes(8))),
    ...record,
  };
}

/** A self record; what is inside is the phone's affair. */
export function selfRecord(scope: string, seq: number, more: Partial<SelfRecord> = {}): SelfRecord {
  return {
    ...{ id: newId(), kind: 'self', scope, seq },
    salt: toBase64Url(Uint8Array.from(randomBytes(8))),
    body: toBase64Url(Uint8Array.from(randomBytes(256))),
    ...more,
  };
}

/** POSTs JSON; the answer as it came. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** The secret in an invitation's link. */
export function secretOf(invitation: { url: string }): string {
  return new URL(invitation.url).hash.slice(1);
}

export type WireDevice = Awaited<ReturnType<typeof joinWire>>;

/** Joins by an invitation's secret and gives the device's verbs; `branch` is its first scope. */
export async function joinWire(server: string, secret: string, device = newId()) {
  const token = newSecretText();
  const by = { person: '', device };
  const sealer = await createSealer(by);
  const request = { secret, device, token, notice: 1, key: sealer.key };
  const answer = await post(`${server}/api/join`, request);
  if (answer.status !== 200) throw new Error(`join answered ${answer.status}`);
  const joined = (await answer.json()) as JoinAnswer;
  by.person = joined.person;
  const branch = joined.grants[0]?.scope ?? '';
  return { ...joined, branch, sealer, ...wireDevice(server, { device, token, sealer }) };
}

/** The verbs of a device that has a token; with a sealer `sync` seals what it pushes, as a phone does. */
export function wireDevice(
  server: string,
  { device, token, sealer }: { device: string; token: string; sealer?: Sealer },
) {
  const request = (more: Partial<SyncRequest>): SyncRequest => ({
    ...{ v: PROTOCOL_VERSION, device, epoch: '', cursors: [], want: 64 * 1024 },
    ...more,
  });
  const send = (body: unknown) =>
    post(`${server}/api/sync`, body, { authorization: `Bearer ${token}` });
  async function sync(more: Partial<SyncRequest> = {}): Promise<SyncAnswer> {
    sealer?.add(more.records ?? []);
    const seal = more.records?.length ? await sealer?.seal() : null;
    const answered = await send(request({ ...(seal && { seals: [seal] }), ...more }));
    if (answered.status !== 200) throw new Error(`sync answered ${answered.status}`);
    return (await answered.json()) as SyncAnswer;
  }
  /** Everything that this device may read, page after page from the start; `want` as small as asked. */
  async function pullAll({ own = true, want = 64 * 1024 } = {}): Promise<Page['rows']> {
    const cursors = new Map<string, NonNullable<SyncRequest['cursors']>[number]>();
    const rows: Page['rows'] = [];
    for (let more = true; more;) {
      const page = await sync({ cursors: [...cursors.values()], own, want });
      for (const { scope, view, cursor, rows: found } of page.pages) {
        cursors.set(`${scope} ${view}`, { scope, view, ...cursor });
        rows.push(...found);
      }
      more = page.more;
    }
    return rows;
  }
  return { device, token, request, send, sync, pullAll };
}
