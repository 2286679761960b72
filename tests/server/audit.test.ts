/** A chain of acts that was changed in SQL: the audit names what. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actHash, type ActRow } from '#server/db/acts.ts';
import { actsOf, auditOf, urlOf } from '#tests/support/acts.ts';
import { startServer } from '#tests/support/server.ts';
import { newId } from '#tests/support/wire-device.ts';

const folder = mkdtempSync(join(tmpdir(), 'rixue-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run audit', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let dataDir: string;
  let acts: ActRow[];

  beforeAll(async () => {
    server = await startServer();
    acts = await actsOf(server);
    expect(acts.length).toBeGreaterThan(7);
    await sql('create table kept as select * from acts');
  });
  beforeEach(async () => {
    dataDir = mkdtempSync(join(folder, 'data-'));
    await asItWas();
    expect(await audited()).toEqual([`audit: ${acts.length} acts, all sound`]);
  });
  afterAll(() => server.stop());

  const audited = () => auditOf(urlOf(server), dataDir);
  const sql = (text: string, values: unknown[] = []) => server.pool.query(text, values);
  async function asItWas() {
    await sql('delete from acts');
    await sql('insert into acts select * from kept');
    const { n, hash } = acts.at(-1) ?? { n: 0, hash: '' };
    await sql('update county set acts_n = $1, acts_hash = $2', [n, hash]);
  }
  /** Gives a row the hash that fits it, as somebody would who knows how it is made. */
  async function rehash(n: number) {
    const row = (await actsOf(server)).find((each) => each.n === n);
    if (row) await sql('update acts set hash = $1 where n = $2', [actHash(row), n]);
  }

  it('V-08 names the act that was altered in SQL, in any of its columns', async () => {
    for (const change of [
      `at = at + 1`,
      `kind = 'join'`,
      `by_person = '${newId()}'`,
      `person = '${newId()}'`,
      `scope = 'elsewhere'`,
      `detail = '{"role":"member"}'`,
      `prev = repeat('0', 64)`,
      `hash = repeat('0', 64)`,
    ]) {
      await sql(`update acts set ${change} where n = 3`);
      const lines = await audited();
      expect(lines, change).toEqual(['第 3 条被改过。Act 3 was altered.']);
      await asItWas();
    }
    expect(await audited()).toEqual([`audit: ${acts.length} acts, all sound`]);
  });

  it('V-08 names an act that was altered and given a hash that fits, in the middle and at the end', async () => {
    for (const n of [4, acts.length]) {
      await sql(`update acts set person = $1 where n = $2`, [newId(), n]);
      await rehash(n);
    }
    expect(await audited()).toEqual(
      [4, acts.length].map((n) => `第 ${n} 条被改过。Act ${n} was altered.`),
    );
  });

  it('V-08 names acts that are missing, with and without the numbers closed up', async () => {
    await sql('delete from acts where n in (2, 4, 5)');
    expect(await audited()).toEqual([
      '第 2 条没有了。Act 2 is missing.',
      '第 4 条到第 5 条没有了。Acts 4 to 5 are missing.',
    ]);
    await sql('update acts set n = 5 where n = 6');
    expect((await audited()).join()).toContain('Act 5 was reordered: it was act 6.');
  });

  it('V-08 names an act that was put in, before others and at the end', async () => {
    const put = async (n: number, prev: string) => {
      const { hash: _, ...row } = { ...(acts[0] as ActRow), n, prev, person: newId() };
      await sql(`insert into acts select * from json_populate_record(null::acts, $1)`, [
        JSON.stringify({ ...row, hash: actHash(row) }),
      ]);
    };
    await put(acts.length + 1, acts.at(-1)?.hash ?? '');
    expect(await audited()).toEqual([
      `第 ${acts.length + 1} 条是后来塞进去的。Act ${acts.length + 1} was inserted.`,
    ]);
    await sql('delete from acts where n > $1', [acts.length]);
    await sql('update acts set n = n + 1000 where n > 3');
    await sql('update acts set n = n - 999 where n > 1000');
    await put(4, acts[2]?.hash ?? '');
    const lines = await audited();
    expect(lines[0]).toBe('第 4 条是后来塞进去的。Act 4 was inserted.');
    expect(lines.slice(1)).toEqual(
      acts.slice(3).map(({ n }) => expect.stringContaining(`Act ${n + 1} was reordered`)),
    );
  });

  it('V-08 names acts that changed places', async () => {
    await sql('update acts set n = 1003 where n = 3');
    await sql('update acts set n = 3 where n = 6');
    await sql('update acts set n = 6 where n = 1003');
    expect((await audited()).map((line) => line.split('。')[1])).toEqual([
      'Act 3 was reordered: it was act 6.',
      'Act 6 was reordered: it was act 3.',
    ]);
  });

  it('V-08 names the tail that was cut off, also where the county was told of it', async () => {
    const last = acts.length;
    await sql('delete from acts where n > $1', [last - 2]);
    const missing = [
      `第 ${last - 1} 条到第 ${last} 条没有了。Acts ${last - 1} to ${last} are missing.`,
    ];
    expect(await audited()).toEqual(missing);
    await sql('update county set acts_n = $1, acts_hash = $2', [last - 2, acts.at(-3)?.hash]);
    expect(await audited()).toEqual(missing);
  });

  it('V-08 says where the whole chain was made anew since the last audit', async () => {
    let prev = '';
    for (const { hash: _, ...row } of acts) {
      const anew = { ...row, prev, ...(row.n === 2 && { person: newId() }) };
      prev = actHash(anew);
      const { n, person } = anew;
      await sql('update acts set prev = $2, person = $3, hash = $4 where n = $1', [
        ...[n, anew.prev, person, prev],
      ]);
    }
    await sql('update county set acts_hash = $1', [prev]);
    expect(await audited()).toEqual([
      expect.stringContaining(`Act ${acts.length} is not what the last audit saw`),
    ]);
    expect(await auditOf(urlOf(server), join(folder, 'without a note'))).toEqual([
      `audit: ${acts.length} acts, all sound`,
    ]);
  });
});
