import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Everything of src/ that names a module of the phrase dictionaries' (350 kB) way into the app. */
const naming = (text: RegExp) =>
  sources.filter((path) => text.test(readFileSync(path, 'utf8'))).sort();

const sources = filesUnder('src');

it('lets only typing and publishing reach the phrase dictionaries', () => {
  expect(naming(/from 'opencc-js\/(dict\/STPhrases|preset|from\/|cn2t)/u)).toEqual([
    'src/script/to-hant.ts',
  ]);
  expect(naming(/from '(\.|#script)\/to-hant\.ts'/u)).toEqual(['src/script/derive-messages.ts']);
  expect(naming(/import\('\.\/to-hant\.ts'\)/u)).toEqual(['src/script/load-to-hant.ts']);
  expect(naming(/\/derive-messages\.ts'/u)).toEqual([]);
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue)$/u.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}
