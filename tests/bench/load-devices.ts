/** Devices of `bench load`: the wire alone, gzip'ed as phones do, with a cursor for each view. */
import { gzipSync } from 'node:zlib';
import type pg from 'pg';
import { machineSources } from '#server/sources.ts';
import type { SyncAnswer, SyncRequest } from '#protocol/sync.ts';
import { makeBranch } from '#tests/fault/simulator/branch.ts';
import type { SimulatedRole } from '#tests/fault/simulator/steps.ts';
import { selfRecord, wireDevice, wireRecord } from '#tests/support/wire-device.ts';

export interface LoadDevice {
  person: string;
  branch: string;
  /** One request; waits as long as Retry-After says and asks again. The time of all that, ms. */
  sync(records?: readonly unknown[]): Promise<number>;
  /** Fetches until nothing is left. */
  catchUp(): Promise<void>;
  /** Half hours, ciphertext; and one line of the branch. */
  studies(count: number): unknown[];
  activity(): unknown;
  /** How often it was told to come again. */
  turnedAway: number;
}

/** A branch with these roles and a device for each. */
export async function makeDevices(
  server: { url: string; pool: pg.Pool },
  roles: readonly SimulatedRole[],
): Promise<LoadDevice[]> {
  const { clock } = machineSources();
  const { rows } = await server.pool.query<{ scope: string }>('select scope from county');
  const county = rows[0]?.scope ?? '';
  const { scope, admissions } = await makeBranch({ pool: server.pool, county, clock }, roles);
  return admissions.map((admission) => loadDevice(server.url, scope, admission));
}

function loadDevice(
  url: string,
  branch: string,
  admission: { person: string; device: string; token: string; epoch: string },
): LoadDevice {
  const { person, token, epoch } = admission;
  const wire = wireDevice(url, admission);
  const cursors = new Map<string, NonNullable<SyncRequest['cursors']>[number]>();
  let seq = 0;

  async function ask(records: readonly unknown[]): Promise<SyncAnswer> {
    const request = wire.request({ epoch, cursors: [...cursors.values()] });
    const body = gzipSync(JSON.stringify(records.length > 0 ? { ...request, records } : request));
    for (;;) {
      const response = await fetch(`${url}/api/sync`, { method: 'POST', headers, body });
      if (response.ok) return (await response.json()) as SyncAnswer;
      if (response.status !== 503) throw new Error(`sync answered ${response.status}`);
      device.turnedAway += 1;
      const seconds = Number(response.headers.get('retry-after'));
      await new Promise((resolve) => void setTimeout(resolve, seconds * 1_000));
    }
  }

  const headers = {
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    authorization: `Bearer ${token}`,
  };

  const device: LoadDevice = {
    ...{ person, branch, turnedAway: 0 },
    async sync(records = []) {
      const began = performance.now();
      const { results, pages } = await ask(records);
      if (results.some(({ code }) => code !== 'ok')) throw new Error('a record was not stored');
      for (const { scope, view, cursor } of pages)
        cursors.set(`${scope} ${view}`, { scope, view, ...cursor });
      return performance.now() - began;
    },
    async catchUp() {
      for (let before = ''; before !== JSON.stringify([...cursors]);) {
        before = JSON.stringify([...cursors]);
        await device.sync();
      }
    },
    studies: (count) =>
      Array.from({ length: count }, () => selfRecord(`person:${person}`, (seq += 1))),
    activity: () =>
      wireRecord({
        ...{ kind: 'activity', scope: branch, seq: (seq += 1) },
        body: { type: 'other', title: '会', starts: 1 },
      }),
  };
  return device;
}
