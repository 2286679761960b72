import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { canReach } from '#server/db/cluster-user.ts';
import { startEmbedded, type EmbeddedCluster } from '#server/db/embedded.ts';

const folders: string[] = [];
const clusters: EmbeddedCluster[] = [];
const asRoot = process.getuid?.() === 0;
/** A second user of this machine; every Linux has it. */
const NOBODY = { uid: 65534, gid: 65534 };

/** A stopped cluster to copy: making one takes seconds on a busy machine. */
const template = mkdtempSync(join(tmpdir(), 'rixue-embedded-'));
beforeAll(async () => {
  await (await start(template)).stop();
  clusters.pop();
});
afterAll(() => rmSync(template, { recursive: true, force: true }));

afterEach(async () => {
  for (const cluster of clusters.splice(0)) await cluster.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('makes a durable UTF-8 cluster, keeps its rows over a stop, and ends within 5 s', async () => {
    const dataDir = newFolder();
    const first = await start(dataDir);
    await query(first, 'create table t (a text)');
    await query(first, `insert into t values ('日學')`);
    const began = Date.now();
    await first.stop();
    expect(Date.now() - began).toBeLessThan(5000);
    const second = await start(dataDir);
    expect(await query(second, 'select a from t')).toEqual([{ a: '日學' }]);
    const settings = `select current_setting('fsync') as fsync, current_setting('server_encoding') as encoding`;
    expect(await query(second, settings)).toEqual([{ fsync: 'on', encoding: 'UTF8' }]);
    expect(statSync(join(dataDir, 'pg-password')).mode & 0o777).toBe(0o600);
  });

  it('logs no row: not even that of a statement that failed', async () => {
    const dataDir = usedFolder();
    const cluster = await start(dataDir);
    await query(cluster, 'create table named (name text, check (name is null))');
    await expect(query(cluster, `insert into named values ('黃國強')`)).rejects.toThrow();
    await cluster.stop();
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('黃國強');
  });

  it('takes over the database of a server that was killed, with what it committed', async () => {
    const dataDir = usedFolder();
    const source = `
      import { startEmbedded } from '#server/db/embedded.ts'
      const cluster = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => {} })
      console.log(cluster.value.pid)
      setInterval(() => {}, 1000)`;
    const server = spawn(process.execPath, [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      source,
    ]);
    const [pid] = await once(server.stdout, 'data');
    server.kill('SIGKILL');
    await once(server, 'exit');
    const heir = await start(dataDir);
    expect(heir.adopted).toBe(true);
    expect(heir.pid).toBe(Number(String(pid)));
    expect(await query(heir, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('clears a pid file whose process is gone or is another program', async () => {
    const dataDir = usedFolder();
    const rest = `\n${join(dataDir, 'pg')}\n1700000000\n5432\n.\n\n 1 1\nready   \n`;
    for (const pid of [2_000_000_000, process.pid]) {
      writeFileSync(join(dataDir, 'pg', 'postmaster.pid'), `${pid}${rest}`);
      const cluster = await start(dataDir);
      expect(cluster.adopted).toBe(false);
      await cluster.stop();
    }
  });

  it('begins anew after a kill in the middle of creating', async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, 'pg.new', 'base'), { recursive: true });
    const cluster = await start(dataDir);
    expect(await query(cluster, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(dataDir, 'pg.new'))).toBe(false);
  });

  it('uses a loopback port where the path is too long for a socket', async () => {
    const dataDir = join(newFolder(), '很長的資料夾'.repeat(6));
    execFileSync('cp', ['-a', template, dataDir]);
    const cluster = await start(dataDir);
    expect(cluster.poolConfig.host).toBe('127.0.0.1');
    expect(await query(cluster, 'select 1 as one')).toEqual([{ one: 1 }]);
    const again = await start(dataDir);
    expect(again.adopted).toBe(true);
  });

  it('refuses a cluster of another major version with a sentence that says how to go on', async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, 'pg'));
    writeFileSync(join(dataDir, 'pg', 'PG_VERSION'), '15\n');
    const outcome = await startEmbedded({ dataDir, log: () => undefined });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'cluster.version' } });
  });

  it('refuses a data folder that is a file', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    const outcome = await startEmbedded({ dataDir: file, log: () => undefined });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'cluster.not-writable' } });
  });

  it('says so when the password file no longer fits', async () => {
    const dataDir = usedFolder();
    writeFileSync(join(dataDir, 'pg-password'), 'another');
    const outcome = await startEmbedded({ dataDir, log: () => undefined });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'cluster.password' } });
  });
});

if (asRoot)
  it('as root runs as another user, in a folder that only root can pass', async () => {
    const dataDir = usedFolder();
    const cluster = await start(dataDir);
    const status = readFileSync(`/proc/${cluster.pid}/status`, 'utf8');
    expect(status).not.toMatch(/^Uid:\s+0/m);
    expect(statSync(dataDir).mode & 0o077).toBe(0);
  });

// In a clone under a closed home another user cannot even read the program.
if (asRoot && canReach(NOBODY, process.cwd()))
  it('runs as a normal user too, who is refused another one’s cluster', () => {
    const own = newFolder();
    execFileSync('chown', [`${NOBODY.uid}`, own]);
    expect(startAsNobody(own)).toBe('started');
    const theirs = newFolder();
    mkdirSync(join(theirs, 'pg'));
    execFileSync('chown', [`${NOBODY.uid}`, theirs]);
    expect(startAsNobody(theirs)).toBe('cluster.owner');
    expect(startAsNobody('/root/rixue-nobody')).toBe('cluster.not-writable');
  });

/** Starts and stops a cluster in a process of another user; what came of it. */
function startAsNobody(dataDir: string): string {
  const source = `
    import { startEmbedded } from '#server/db/embedded.ts'
    const started = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => {} })
    console.log(started.ok ? 'started' : started.error.code)
    if (started.ok) await started.value.stop()`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', source];
  const env = { PATH: process.env['PATH'] ?? '' };
  return spawnSync(process.execPath, args, { ...NOBODY, encoding: 'utf8', env }).stdout.trim();
}

/** A folder with a cluster that was stopped. */
function usedFolder(): string {
  const folder = newFolder();
  execFileSync('cp', ['-a', `${template}/.`, folder]);
  return folder;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-embedded-'));
  folders.push(folder);
  return folder;
}

async function start(dataDir: string): Promise<EmbeddedCluster> {
  const outcome = await startEmbedded({ dataDir, log: () => undefined });
  if (!outcome.ok) throw new Error(outcome.error.message);
  clusters.push(outcome.value);
  return outcome.value;
}

async function query(cluster: EmbeddedCluster, sql: string): Promise<unknown[]> {
  const client = new pg.Client(cluster.poolConfig);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
