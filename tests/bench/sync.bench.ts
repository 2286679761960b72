/**
 * `bench sync`: through the real data and sync code of headless devices, a counting TCP proxy, the
 * real server and PostgreSQL. w1: 10,000 records of a desk's rolls, pulled by the branch's second
 * desk device; self: 10,000 half hours of one member, ciphertext, pulled by their second phone.
 */
import { toBase64Url } from '#lib/base64.ts';
import { invitationHash } from '#domain/invitations.ts';
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { createProxy, type Proxy } from '#tests/support/proxy.ts';
import { spawnServer } from '#tests/support/server.ts';
import { villageLinks } from '#tests/support/village-links.ts';
import { ratio, type Emit } from './bench.ts';
import { measureFloor, type Floor } from './raw-post.ts';
import { fill, halfHours, rolls } from './sync-records.ts';

const RECORDS = 10_000;
const RECORDS_CUT = 3_000;
const RECORDS_SLOW = 500;
const CUT_BYTES = 16 * 1024;
/** A link that only ever loses must end the bench too. */
const TRIES_MAX = 2_000;

const AGAINST = 'raw POST';

type Server = Awaited<ReturnType<typeof spawnServer>>;

interface Bench {
  emit: Emit;
  server: Server;
  proxy: Proxy;
}

export async function run(emit: Emit): Promise<void> {
  const server = await spawnServer({ seed: 'demo', onDisk: true });
  const proxy = await createProxy({ target: { host: '127.0.0.1', port: server.port } });
  try {
    const bench = { emit, server, proxy };
    const desk = await measurePlain(bench);
    await measureSelf(bench, desk);
    await desk.close();
    await measureLinkB(bench);
    await measureCut(bench);
  } finally {
    await proxy.close();
    await server.stop();
  }
}

async function measurePlain(bench: Bench): Promise<HeadlessDevice> {
  const desk = await stepped(bench, 'secretary', 0);
  const floor = await measureFloor(await fill(desk, await rolls(desk, RECORDS)));
  await measurePush(bench, 'w1', desk, floor);
  await measurePull(bench, 'w1', await joined(bench, invitationOf(bench, 'secretary', 1)), floor);
  const [draft] = (await rolls(desk, 2)).slice(1);
  await desk.sync();
  if (draft) await desk.ledger.write(draft);
  await measureOne(bench, 'plain-one-more', desk);
  return desk;
}

async function measureSelf(bench: Bench, desk: HeadlessDevice) {
  const first = await stepped(bench, 'member', 0);
  const floor = await measureFloor(await fill(first, halfHours(RECORDS)));
  await measurePush(bench, 'self', first, floor);
  await measurePull(bench, 'self', await secondPhone(bench, desk, first), floor);
  await first.sync();
  await fill(first, halfHours(1, RECORDS));
  await measureOne(bench, 'one-more', first);
  const idle = await counted(bench.proxy, () => first.sync());
  bench.emit({ figure: 'idle-bytes', value: idle.up + idle.down, unit: 'B' });
  await first.close();
}

async function measurePush(
  { emit, proxy }: Bench,
  name: string,
  device: HeadlessDevice,
  floor: Floor,
) {
  const { ms, up, down } = await counted(proxy, () => device.sync());
  if ((await device.ledger.unsent()) > 0) throw new Error('not all was pushed');
  emit({ figure: `${name}-bytes-up`, value: up, unit: 'B', ...against(up, floor.bytesUp) });
  emit({ figure: `${name}-push-time`, value: ms, unit: 'ms', ...against(ms, floor.pushMs) });
  emit({ figure: `${name}-answer-bytes`, value: down, unit: 'B' });
}

async function measurePull(
  { emit, proxy }: Bench,
  name: string,
  device: HeadlessDevice,
  floor: Floor,
) {
  const { ms, down } = await counted(proxy, () => device.sync());
  const held = await device.ledger.records();
  if (held.length < RECORDS) throw new Error(`the second device holds ${held.length}`);
  emit({ figure: `${name}-bytes-down`, value: down, unit: 'B', ...against(down, floor.bytesUp) });
  emit({ figure: `${name}-pull-time`, value: ms, unit: 'ms', ...against(ms, floor.pushMs) });
  emit({ figure: `${name}-raw-get-time`, value: Math.round(floor.pullMs), unit: 'ms' });
  await device.close();
}

async function measureOne({ emit, proxy }: Bench, name: string, device: HeadlessDevice) {
  let requests = 0;
  const { up, down } = await counted(proxy, async () => ({ requests } = await device.sync()));
  emit({ figure: `${name}-bytes`, value: up + down, unit: 'B' });
  emit({ figure: `${name}-requests`, value: requests, unit: 'requests' });
}

/** 500 half hours over 150/50 kb/s, 600 ms, 3 % loss and stalls. */
async function measureLinkB(bench: Bench) {
  const { emit, proxy } = bench;
  const device = await stepped(bench, 'member', 2);
  await fill(device, halfHours(RECORDS_SLOW));
  proxy.shape(villageLinks.B);
  let tries = 0;
  const { ms, up } = await counted(proxy, async () => (tries = await untilSent(device)));
  proxy.shape({});
  emit({ figure: 'link-b-500-time', value: ms, unit: 'ms' });
  emit({ figure: 'link-b-500-bytes-up', value: up, unit: 'B' });
  emit({ figure: 'link-b-500-tries', value: tries, unit: 'syncs' });
  await device.close();
}

async function measureCut(bench: Bench) {
  const { emit, proxy } = bench;
  const device = await stepped(bench, 'member', 1);
  await fill(device, halfHours(RECORDS_CUT));
  proxy.shape({ cutEveryBytes: CUT_BYTES });
  const tries = await untilSent(device);
  proxy.shape({});
  const finished = (await device.ledger.unsent()) === 0;
  emit({ figure: 'cut16k-finished', value: finished ? 1 : 0, unit: 'bool' });
  emit({ figure: 'cut16k-tries', value: tries, unit: 'syncs' });
  await device.close();
}

/** Attempts until nothing is left, as the loop would make them; how many. */
async function untilSent(device: HeadlessDevice): Promise<number> {
  let tries = 0;
  while ((await device.ledger.unsent()) > 0 && tries < TRIES_MAX) {
    tries += 1;
    await device.sync().catch(() => undefined);
  }
  return tries;
}

/** Another phone of the same person: a secretary invites them once more. */
async function secondPhone(bench: Bench, desk: HeadlessDevice, first: HeadlessDevice) {
  const person = (await first.ledger.current())?.person ?? '';
  const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const body = { hash: invitationHash(secret), role: 'member', expires: Date.now() + 3_600_000 };
  await desk.record('invitation', body, { subject: person });
  await desk.sync();
  return joined(bench, secret);
}

/** A device that has joined and is in step. */
async function stepped(bench: Bench, role: string, index: number): Promise<HeadlessDevice> {
  const device = await joined(bench, invitationOf(bench, role, index));
  await device.sync();
  return device;
}

async function joined({ proxy }: Bench, invitation: string): Promise<HeadlessDevice> {
  const device = await createHeadlessDevice({ server: proxy.url, invitation });
  await device.enrol();
  return device;
}

function invitationOf({ server }: Bench, role: string, index: number): string {
  return server.invitations.filter((each) => each.role === role)[index]?.url ?? '';
}

function against(value: number, floor: number) {
  return { against: AGAINST, ratio: ratio(value, floor) };
}

async function counted(proxy: Proxy, work: () => Promise<unknown>) {
  proxy.forget();
  const from = performance.now();
  await work();
  return { ms: Math.round(performance.now() - from), ...proxy.bytes };
}
