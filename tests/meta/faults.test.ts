import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chooseIds, FAULT_IDS, type FaultId, idsOfTitle } from '#tests/fault/ids.ts';
import { applyBreak } from '#tests/fault/plant.ts';
import { PLANTED } from '#tests/fault/planted.ts';
import { filesNaming, idsInNames, namedIds, runFaults } from '#tests/fault/run.ts';
import { repository } from '#tests/support/source-files.ts';

/** The kinds of fault whose tests have to be proven able to fail. */
const PROVEN = /^[DPSVAX]-/;

it('every id in the name of a test is a known fault', () => {
  const known: readonly string[] = FAULT_IDS;
  expect(namedIds().filter((id) => !known.includes(id))).toEqual([]);
});

it('every break finds its line exactly once and changes it', () => {
  for (const plant of PLANTED) {
    const text = readFileSync(join(repository, plant.file), 'utf8');
    expect(applyBreak(text, plant), plant.name).not.toBe(text);
  }
});

it('every break has a name of its own and a test that may notice it', () => {
  const names = PLANTED.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  const ids = new Set(PLANTED.flatMap((plant) => plant.ids));
  const untested = new Set([...ids].filter((id) => filesNaming([id]).length === 0));
  const unnoticed = PLANTED.filter((plant) => plant.ids.some((id) => untested.has(id)));
  expect(unnoticed.map(({ name }) => name)).toEqual([]);
});

it('every fault with a test has a break that proves that the test can fail', () => {
  const broken = new Set<string>(PLANTED.flatMap(({ ids }) => ids));
  const proven = FAULT_IDS.filter((id: FaultId) => PROVEN.test(id) && namedIds().includes(id));
  expect(proven.filter((id) => !broken.has(id))).toEqual([]);
});

it('a break whose line is gone, or there twice, is an error', () => {
  const plant = { name: 'gone', ids: [], file: 'a.ts', find: 'strict', replace: 'relaxed' };
  expect(() => applyBreak('nothing', plant)).toThrow('there 0 times');
  expect(() => applyBreak('strict strict', plant)).toThrow('there 2 times');
  expect(applyBreak('a strict one', plant)).toBe('a relaxed one');
});

it('finds the name of a test behind a table of texts, over several lines and with options', () => {
  const table =
    "it.each(['a', 'b'] as const)(\n    'D-02 %s costs no record',\n    async (moment) => {";
  expect(idsInNames(table)).toEqual(['D-02']);
  expect(idsInNames("it.each(['a'])('S-01 %s', { timeout: 9 }, async () => {")).toEqual(['S-01']);
  expect(idsInNames("expect(read('D-03 is no name')).toBe(1)")).toEqual([]);
});

it('reads ids from the start of a name alone', () => {
  expect(idsOfTitle('S-02 keeps the record')).toEqual(['S-02']);
  expect(idsOfTitle('D-03, D-04 and S-02 hold')).toEqual(['D-03', 'D-04', 'S-02']);
  expect(idsOfTitle('what S-02 says')).toEqual([]);
  expect(idsOfTitle('X-1234 is none')).toEqual([]);
});

it('a part is chosen by letter or by id', () => {
  expect(chooseIds('f').ids).toEqual(['F-01', 'F-02', 'F-03', 'F-05']);
  expect(chooseIds('S-06,V-03').ids).toEqual(['S-06', 'V-03']);
  expect(chooseIds('S-05,Q').unknown).toEqual(['S-05', 'Q']);
  expect(chooseIds(undefined).ids).toEqual(FAULT_IDS);
});

it('a run in which no test file began is a failure of every id, not a missing test', async () => {
  const root = mkdtempSync(join(tmpdir(), 'rixue-no-tests-'));
  const [outcome] = await runFaults(['D-03'], { root, long: false });
  rmSync(root, { recursive: true });
  expect(outcome).toMatchObject({ id: 'D-03', standing: 'failed' });
});
