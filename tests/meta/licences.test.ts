import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeNotices, productionPackages } from '#scripts/notices.ts';
import { repository } from '#tests/support/source-files.ts';

/** Licences that ask for no more than a notice, or (MPL) for the sources of unchanged files. */
const WELCOME = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
]);

const read = (path: string) => readFileSync(join(repository, path), 'utf8');

it('THIRD_PARTY_NOTICES is fresh (else: npx tsx scripts/notices.ts)', () => {
  expect(read('THIRD_PARTY_NOTICES') === makeNotices(repository)).toBe(true);
});

it('uses no production package whose licence is unknown or binds the whole', () => {
  const odd = productionPackages(JSON.parse(read('package-lock.json')))
    .map(([, each]) => each)
    .filter(({ licence }) => !licence.split(/ AND | OR |[()]/).every((l) => !l || WELCOME.has(l)))
    .map(({ name, licence }) => `${name}: ${licence}`);
  expect(odd).toEqual([]);
});

it('is itself under the MIT licence', () => {
  expect(read('LICENSE')).toContain('the Rixue contributors');
  expect(JSON.parse(read('package.json')).license).toBe('MIT');
});
