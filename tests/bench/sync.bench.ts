/**
 * `bench sync`: 10,000 half hours (`study`, so ciphertext) of one member, through the real data and
 * sync code of a headless device, a counting TCP proxy, the real server and PostgreSQL.
 */
import type { WireRecord } from '#protocol/record.ts';
import { toBase64Url } from '#lib/base64.ts';
import { invitationHash } from '#domain/invitations.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { createProxy, type Proxy } from '#tests/support/proxy.ts';
import { spawnServer } from '#tests/support/server.ts';
import { ratio, type Emit } from './bench.ts';
import { measureFloor, type Floor } from './raw-post.ts';

const RECORDS = 10_000;
/** Records saved in one transaction while preparing. */
const CHUNK = 250;
const CUT_BYTES = 16 * 1024;
/** A link that only ever loses must end the bench too. */
const CUT_TRIES = 2_000;

const AGAINST = 'raw POST';

type Server = Awaited<ReturnType<typeof spawnServer>>;

export async function run(emit: Emit): Promise<void> {
  const server = await spawnServer({ seed: 'demo' });
  const proxy = await createProxy({ target: { host: '127.0.0.1', port: server.port } });
  try {
    const first = await joined(proxy.url, invitationOf(server, 'member', 0));
    await first.sync();
    const wire = await fill(first);
    const floor = await measureFloor(wire);
    await measurePush(emit, proxy, first, floor);
    await measurePull(emit, proxy, await secondDevice(server, proxy, first), floor);
    await measureOneMore(emit, proxy, first);
    await measureCut(emit, proxy, await joined(proxy.url, invitationOf(server, 'member', 1)));
  } finally {
    await proxy.close();
    await server.stop();
  }
}

async function measurePush(emit: Emit, proxy: Proxy, device: HeadlessDevice, floor: Floor) {
  proxy.forget();
  const ms = await timed(() => device.sync());
  const { up, down } = proxy.bytes;
  emit({
    figure: 'w1-bytes-up',
    value: up,
    unit: 'B',
    against: AGAINST,
    ratio: ratio(up, floor.bytesUp),
  });
  emit({
    figure: 'w1-push-time',
    value: ms,
    unit: 'ms',
    against: AGAINST,
    ratio: ratio(ms, floor.pushMs),
  });
  emit({ figure: 'w1-answer-bytes', value: down, unit: 'B' });
}

async function measurePull(emit: Emit, proxy: Proxy, device: HeadlessDevice, floor: Floor) {
  proxy.forget();
  const ms = await timed(() => device.sync());
  const { down } = proxy.bytes;
  const held = (await device.records()).filter(({ kind }) => kind === 'self').length;
  if (held !== RECORDS) throw new Error(`the second device holds ${held} of ${RECORDS}`);
  emit({
    figure: 'w1-bytes-down',
    value: down,
    unit: 'B',
    against: AGAINST,
    ratio: ratio(down, floor.bytesDown),
  });
  emit({
    figure: 'w1-pull-time',
    value: ms,
    unit: 'ms',
    against: AGAINST,
    ratio: ratio(ms, floor.pullMs),
  });
  await device.close();
}

async function measureOneMore(emit: Emit, proxy: Proxy, device: HeadlessDevice) {
  await device.sync();
  await device.record('study', study(RECORDS));
  proxy.forget();
  const { requests } = await device.sync();
  emit({ figure: 'one-more-bytes', value: proxy.bytes.up + proxy.bytes.down, unit: 'B' });
  emit({ figure: 'one-more-requests', value: requests, unit: 'requests' });
  proxy.forget();
  await device.sync();
  emit({ figure: 'idle-bytes', value: proxy.bytes.up + proxy.bytes.down, unit: 'B' });
  await device.close();
}

async function measureCut(emit: Emit, proxy: Proxy, device: HeadlessDevice) {
  await device.sync();
  await fill(device);
  proxy.shape({ cutEveryBytes: CUT_BYTES });
  let tries = 0;
  while ((await device.ledger.unsent()) > 0 && tries < CUT_TRIES) {
    tries += 1;
    await device.sync().catch(() => undefined);
  }
  const finished = (await device.ledger.unsent()) === 0;
  emit({ figure: 'cut16k-finished', value: finished ? 1 : 0, unit: 'bool' });
  await device.close();
}

/** Saves the records and tells them as they go on the wire. */
async function fill(device: HeadlessDevice): Promise<WireRecord[]> {
  for (let from = 0; from < RECORDS; from += CHUNK) {
    const drafts = Array.from({ length: CHUNK }, (_, i) => ({
      kind: 'study',
      body: study(from + i),
    }));
    const saved = await device.ledger.writeAll(drafts);
    if (!saved.ok) throw new Error(saved.error);
  }
  const person = await device.ledger.current();
  if (!person) throw new Error('nobody has joined');
  return (await device.ledger.sync.listUnsent(person, RECORDS)).records;
}

function study(i: number) {
  const day = new Date(Date.UTC(2026, 0, 1 + (i % 365))).toISOString().slice(0, 10);
  return { day, minutes: 10 + (i % 50), how: 'app', note: `第 ${i} 次，读了一章。` };
}

/** Another phone of the same person: a secretary invites them once more. */
async function secondDevice(
  server: Server,
  proxy: Proxy,
  first: HeadlessDevice,
): Promise<HeadlessDevice> {
  const person = (await first.ledger.current())?.person ?? '';
  const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const desk = await joined(proxy.url, invitationOf(server, 'secretary', 0));
  const body = { hash: invitationHash(secret), role: 'member', expires: Date.now() + 3_600_000 };
  await desk.record('invitation', body, { subject: person });
  await desk.sync();
  await desk.close();
  return joined(proxy.url, secret);
}

async function joined(server: string, invitation: string): Promise<HeadlessDevice> {
  const device = await createHeadlessDevice({ server, invitation });
  await device.enrol();
  return device;
}

function invitationOf(server: Server, role: string, index: number): string {
  return server.invitations.filter((each) => each.role === role)[index]?.url ?? '';
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return Math.round(performance.now() - from);
}
