/**
 * `bench load`: many devices at one moment, and one device of a server that holds a million records
 * beside one of a server that holds a thousand.
 */
import { readFileSync } from 'node:fs';
import { spawnServer } from '#tests/support/server.ts';
import { ratio, type Emit } from './bench.ts';
import { fillCounty } from './fill-county.ts';
import { makeDevices, type LoadDevice } from './load-devices.ts';
import { measureFloor } from './raw-post.ts';

const DEVICES = 200;
const RECORDS_EACH = 25;

const MANY = Number(process.env['RIXUE_BENCH_RECORDS'] ?? 1_000_000);
/** The branch that is measured, on both servers. */
const FEW = 1_000;
const BATCH = 250;
/** Syncs whose middle is told, after some for warming up; the servers take turns, so that a busy machine slows both. */
const SYNCS = 300;
const WARMING = 60;

type Server = Awaited<ReturnType<typeof spawnServer>>;

export async function run(emit: Emit): Promise<void> {
  const small = await spawnServer({ seed: 'empty', onDisk: true });
  const large = await spawnServer({ seed: 'empty', onDisk: true });
  try {
    await measureCrowd(emit, small);
    await measureMany(emit, small, large);
  } finally {
    await small.stop();
    await large.stop();
  }
}

async function measureCrowd(emit: Emit, server: Server): Promise<void> {
  const devices = await makeDevices(server, ['secretary', ...Array(DEVICES - 1).fill('member')]);
  for (const device of devices.slice(0, 20)) await device.sync(); // warm as a server in use is
  const batches = devices.map((device) => device.studies(RECORDS_EACH));
  const began = performance.now();
  const times = await Promise.all(devices.map((device, i) => device.sync(batches[i])));
  const total = performance.now() - began;
  const floor = await measureFloor(batches.flat());
  emit({ figure: 'crowd-p50', value: Math.round(quantile(times, 0.5)), unit: 'ms' });
  emit({ figure: 'crowd-p95', value: Math.round(quantile(times, 0.95)), unit: 'ms' });
  emit({
    figure: 'crowd-time',
    value: Math.round(total),
    unit: 'ms',
    against: 'one raw POST',
    ratio: ratio(total, floor.pushMs),
  });
  const turnedAway = devices.reduce((sum, device) => sum + device.turnedAway, 0);
  emit({ figure: 'crowd-told-to-come-again', value: turnedAway, unit: 'requests' });
}

async function measureMany(emit: Emit, small: Server, large: Server): Promise<void> {
  const { rows } = await large.pool.query<{ scope: string }>('select scope from county');
  const pairs = [await branchOf(small), await branchOf(large)] as const;
  const began = performance.now();
  await fillCounty(large.pool, rows[0]?.scope ?? '', MANY);
  await small.pool.query('vacuum analyze');
  process.stderr.write(`filled in ${Math.round((performance.now() - began) / 1000)} s\n`);
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < WARMING + SYNCS; i += 1)
    for (const which of i % 2 ? [0, 1] : [1, 0]) {
      const ms = await oneSync(pairs[which as 0 | 1], i);
      if (i >= WARMING) times[which as 0 | 1].push(ms);
    }
  const { rows: held } = await large.pool.query<{ n: number }>(
    'select count(*)::int as n from records',
  );
  emit({ figure: 'many-records', value: held[0]?.n ?? 0, unit: 'records' });
  const [few, many] = [quantile(times[0], 0.5), quantile(times[1], 0.5)];
  emit({
    figure: 'one-sync-at-many',
    value: Number(many.toFixed(2)),
    unit: 'ms',
    against: `at ${FEW} records`,
    ratio: ratio(many, few),
  });
  emit({ figure: 'node-memory-most', value: peakMemory(large.pid), unit: 'B' });
}

/** Two desks of a branch with as many records as the measure wants. */
async function branchOf(server: Server): Promise<LoadDevice[]> {
  const desks = await makeDevices(server, ['secretary', 'secretary']);
  for (let from = 0; from < FEW; from += BATCH)
    await desks[0]?.sync(Array.from({ length: BATCH }, () => desks[0]?.activity()));
  for (const desk of desks) await desk.catchUp();
  return desks;
}

/** One desk brings a record and fetches the one that the other brought before. */
async function oneSync(desks: readonly LoadDevice[], turn: number): Promise<number> {
  const desk = desks[turn % desks.length];
  return desk ? desk.sync([desk.activity()]) : 0;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The most that a process ever held, as Linux counts it. */
function peakMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
