import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { bansFor } from '#scripts/import-table.mjs';
import { repository } from '#tests/support/source-files.ts';

/** A rule that cannot fail is none: each is shown a bad source that it has to name. */
describe('lint bites', () => {
  let eslint: ESLint;
  beforeAll(() => {
    eslint = new ESLint({ cwd: repository });
  });

  async function rulesBroken(filePath: string, text: string): Promise<string[]> {
    const [result] = await eslint.lintText(text, { filePath, warnIgnored: true });
    return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
  }
  const script = (body: string) => `<script setup lang="ts">\n${body}\n</script>\n`;
  const lines = (count: number) => 'export const x = 1;\n'.repeat(count);

  it.each([
    ['src/domain/x.ts', "import '#data/y.ts';"],
    ['src/lib/x.ts', "import type { D } from '#domain/y.ts';"],
    ['src/lib/x.ts', "import 'node:fs';"],
    ['src/domain/x.ts', "import 'vue';"],
    ['src/sync/x.ts', "import { ref } from 'vue';"],
    ['src/ui/x.ts', "import '#domain/y.ts';"],
    ['src/sw/x.ts', "import '#data/y.ts';"],
    ['src/features/report/x.ts', "import '#features/today/y.ts';"],
    ['src/features/report/x.ts', "import '#protocol/y.ts';"],
    ['src/features/report/x.ts', "import '#sync/engine.ts';"],
    ['src/features/report/x.ts', "import 'dexie';"],
    ['src/app/x.ts', "import '#server/y.ts';"],
    ['src/main.ts', "import '#server/y.ts';"],
    ['src/server/x.ts', "import 'dexie';"],
    ['src/server/x.ts', "import '#sync/y.ts';"],
    ['src/server/modules/rolls/x.ts', "import '#server/modules/people/y.ts';"],
    ['src/lib/sub/x.ts', "import '../y.ts';"],
    ['tests/unit/x.test.ts', "import '../support/y.ts';"],
    ['scripts/x.ts', "import '../src/y.ts';"],
  ])('import: %s: %s', async (path, text) => {
    expect(await rulesBroken(path, text)).toEqual(['no-restricted-imports']);
  });

  it.each([
    ['src/features/report/x.ts', "import '#sync/status.ts';"],
    ['src/features/report/x.ts', "import './y.ts';"],
    ['src/server/modules/rolls/x.ts', "import '#server/db/y.ts';"],
    ['src/server/app.ts', "import '#server/modules/rolls/y.ts';"],
    ['src/data/x.ts', "import 'dexie';"],
    ['src/server/x.ts', "import 'node:fs';"],
  ])('import allowed: %s: %s', async (path, text) => {
    expect(await rulesBroken(path, text)).toEqual([]);
  });

  it.each(['src/domain/x.ts', 'src/features/me/x.ts', 'src/sw/x.ts'])(
    'a function younger than the oldest browser: %s',
    async (path) => {
      expect(await rulesBroken(path, 'export const last = [1].at(-1);')).toEqual([
        'no-restricted-syntax',
      ]);
      expect(await rulesBroken('src/server/x.ts', 'export const last = [1].at(-1);')).toEqual([]);
    },
  );

  it('sees imports in .vue files', async () => {
    const text = script("import '#server/y.ts'") + '<template><p>x</p></template>\n';
    expect(await rulesBroken('src/ui/X.vue', text)).toEqual(['no-restricted-imports']);
  });

  // The source is text and is never run: it proves that the ban bites.
  it('refuses raw HTML and buttons without a type', async () => {
    const text =
      '<template><p v-html="x" /><button>x</button></template>\n' + script('const x = 1'); // linted, never run
    const broken = await rulesBroken('src/ui/X.vue', text);
    expect(broken).toEqual(['vue/no-v-html', 'vue/html-button-has-type']); // the bans' names
  });

  it('counts lines: 250 in .ts, 200 in .vue, 50 in a function', async () => {
    expect(await rulesBroken('src/lib/x.ts', lines(251))).toContain('max-lines');
    expect(await rulesBroken('src/lib/x.ts', lines(250))).toEqual([]);
    expect(await rulesBroken('src/ui/X.vue', script('const y = 1;\n'.repeat(199)))).toEqual([
      'max-lines',
    ]);
    const long = `export function x() {\n${'  y();\n'.repeat(50)}}\n`;
    expect(await rulesBroken('src/lib/x.ts', long)).toEqual(['max-lines-per-function']);
    expect(await rulesBroken('tests/unit/x.test.ts', long)).toEqual([]);
  });

  it('refuses module mocks in tests', async () => {
    const call = ['vi', '.mock("#lib/x.ts")'].join('');
    expect(await rulesBroken('tests/unit/x.test.ts', call)).toEqual(['no-restricted-properties']);
  });

  it('names every folder of another layer in the bans of a layer', () => {
    const bans = bansFor('domain').map(({ regex }) => new RegExp(regex, 'u'));
    const banned = (specifier: string) => bans.some((ban) => ban.test(specifier));
    expect(banned('#features/x/y.ts')).toBe(true);
    expect(banned('#tests/x.ts')).toBe(true);
    expect(banned('#lib/x.ts')).toBe(false);
    expect(banned('./x.ts')).toBe(false);
  });
});
