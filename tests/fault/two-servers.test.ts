/** Two processes of the server over one PostgreSQL: they may start, write, be read from and die as they like. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFetchTransport } from '#sync/fetch-transport.ts';
import { createHeadlessDevice } from '#tests/support/headless-device.ts';
import { times } from '#tests/support/long.ts';
import { startTestPostgres, type TestDatabase } from '#tests/support/postgres.ts';
import { onePageApp, runProgram } from '#tests/support/server.ts';
import { joinWire, secretOf, wireDevice, wireRecord } from '#tests/support/wire-device.ts';

type Program = Awaited<ReturnType<typeof runProgram>>;
type Device = ReturnType<typeof wireDevice>;

const folder = mkdtempSync(join(tmpdir(), 'rixue-two-'));
const appDir = onePageApp(join(folder, 'app'));
let postgres: TestDatabase;
let programs: [Program, Program];

const run = (which: number, port = 0) =>
  runProgram(
    { DATA_DIR: join(folder, `var${which}`), APP_DIR: appDir, DATABASE_URL: postgres.url },
    port,
    ['--demo'],
  );
const urlOf = ({ port }: Program) => `http://127.0.0.1:${port}`;
const urls = () => programs.map(urlOf);

beforeAll(async () => {
  postgres = await startTestPostgres();
  // At once, on an empty database: migrations, role and county are made by one of them.
  programs = await Promise.all([run(0), run(1)]);
}, 120_000);
afterAll(async () => {
  for (const { child } of programs) child.kill('SIGKILL');
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const invitation = (role: string, nth: number) =>
  programs.flatMap(({ invitations }) => invitations).filter((one) => one.role === role)[nth]?.url ??
  'none:';

it(
  'S-13 two servers on one database, one of them killed: every receipt is found, no cursor misses a row',
  { timeout: 300_000 },
  async () => {
    expect(programs.map(({ invitations }) => invitations.length).toSorted()).toEqual([0, 12]);
    const joined = await Promise.all(
      [0, 1].map((nth) =>
        joinWire(urls()[nth] ?? '', secretOf({ url: invitation('secretary', nth) })),
      ),
    );
    const branch = joined[0]?.branch ?? '';
    const reader = await joinWire(urls()[1] ?? '', secretOf({ url: invitation('member', 0) }));
    const phone = await phoneOnBoth(invitation('member', 1));

    const receipts = new Map<string, number>();
    const writing = joined.map((device, at) => keepWriting(device, at, branch, receipts));
    const reading = keepReading(reader, branch);
    for (let kill = 0; kill < times(1, 10); kill += 1) {
      const had = receipts.size;
      await expect.poll(() => receipts.size, { timeout: 60_000 }).toBeGreaterThan(had + 20);
      const [died] = [programs[kill % 2]];
      died?.child.kill('SIGKILL');
      // The other goes on alone.
      const alone = receipts.size;
      await expect.poll(() => receipts.size, { timeout: 60_000 }).toBeGreaterThan(alone + 20);
      programs[kill % 2] = await run(kill % 2, died?.port);
    }
    for (const writer of writing) await writer.stop();
    const seen = await reading.stop();

    const client = new pg.Client(postgres.poolConfig);
    await client.connect();
    const { rows } = await client.query<{ id: string; n: number; audience: string }>(
      'select id, n::int as n, audience from records where scope = $1 order by n',
      [branch],
    );
    await client.end();
    expect(rows.map(({ n }) => n)).toEqual(rows.map((_, i) => i + 1));
    const stored = new Map(rows.map(({ id, n }) => [id, n]));
    expect(receipts.size).toBeGreaterThan(40);
    expect([...receipts].filter(([id, n]) => stored.get(id) !== n)).toEqual([]);
    const open = rows.filter(({ audience }) => audience === 'branch').map(({ n }) => n);
    expect(seen.filter((n) => open.includes(n))).toEqual(open);

    await phone.sync();
    const held = (await phone.records()).filter(({ kind }) => kind === 'activity');
    const activities = rows.filter(({ id }) => receipts.has(id)).map(({ id }) => id);
    expect(held.map(({ id }) => id)).toEqual(expect.arrayContaining(activities));
    const both = urls().map((url) => wireDevice(url, reader).pullAll());
    const [one, other] = await Promise.all(both);
    expect(one).toEqual(other);
    await phone.close();
  },
);

/** A phone whose requests go to one server and the other in turn. */
async function phoneOnBoth(link: string) {
  let turn = 0;
  const server = 'http://county';
  const transport = createFetchTransport({
    server,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    fetch: (input, init) =>
      fetch(String(input).replace(server, urls()[(turn += 1) % 2] ?? ''), init),
  });
  const phone = await createHeadlessDevice({ server, invitation: link, transport });
  await phone.enrol();
  await phone.sync();
  return phone;
}

/** Writes batch after batch, each through the other server than the one before; what got no answer goes to the other again. */
function keepWriting(
  device: { device: string; token: string },
  first: number,
  branch: string,
  receipts: Map<string, number>,
) {
  let going = true;
  let seq = 0;
  let turn = first;
  const next = (): Device => wireDevice(urls()[(turn += 1) % 2] ?? '', device);
  async function write() {
    while (going) {
      const records = Array.from({ length: 5 }, () =>
        wireRecord({
          ...{ kind: 'activity', scope: branch, seq: (seq += 1) },
          body: { type: 'lecture', title: '党课', starts: 1_772_700_000_000 },
        }),
      );
      let answer = await next()
        .sync({ records })
        .catch(() => null);
      while (!answer) {
        await sleep(20); // that one is dead or not yet back
        answer = await next()
          .sync({ records })
          .catch(() => null);
      }
      for (const { code, from, to, n } of answer.results)
        for (const record of records)
          if ((code === 'ok' || code === 'dup') && n !== undefined)
            if (from <= record.seq && record.seq <= to)
              receipts.set(record.id, n - (to - record.seq));
    }
  }
  const writing = write();
  return {
    async stop() {
      going = false;
      await writing;
    },
  };
}

/** Pages on with one cursor, asking the two servers in turn; the numbers in the order in which they came. */
function keepReading(device: { device: string; token: string }, scope: string) {
  let cursor = { n: 0, tag: '' };
  let turn = 0;
  let going = true;
  const seen: number[] = [];
  async function page(): Promise<boolean> {
    const cursors = [{ scope, view: 'member' as const, ...cursor }];
    const server = wireDevice(urls()[(turn += 1) % 2] ?? '', device);
    const answer = await server.sync({ cursors, want: 2_048 }).catch(() => null);
    const found = answer?.pages.find(({ view }) => view === 'member');
    if (!found) return answer === null;
    expect(found.reset).toBeUndefined();
    expect(found.cursor.n).toBeGreaterThan(cursor.n);
    cursor = found.cursor;
    seen.push(...found.rows.map(({ n }) => n));
    return true;
  }
  async function read() {
    while (going) if (!(await page())) await sleep(10);
    while (await page());
  }
  const reading = read();
  return {
    async stop() {
      going = false;
      await reading;
      return seen;
    },
  };
}
