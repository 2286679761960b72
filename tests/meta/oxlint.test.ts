import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { repository } from '#tests/support/source-files.ts';

/** Sources that the lint must refuse: the words of the left column are why each line is here. */
const PLANTED = [
  ['typescript(no-explicit-any)', 'export const a: any = 1;'], // linted, must be refused
  ['typescript(ban-ts-comment)', `// @ts-${'ignore'}\nexport const b = 1;`],
  ['import(no-default-export)', 'export default 1;'],
  ['eslint(no-warning-comments)', `// ${'TO'}${'DO'} later\nexport const c = 1;`],
  ['eslint(no-console)', "console.log('d');"],
  ['eslint(no-empty)', 'try { f(); } catch {}'],
  ['vitest(no-focused-tests)', "import { it } from 'vitest';\nit.only('x', () => {});"], // linted, never run
  ['vitest(no-disabled-tests)', "import { it } from 'vitest';\nit.skip('x', () => {});"], // linted, never run
] as const;

it('oxlint names each planted fault', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-lint-'));
  try {
    PLANTED.forEach(([, text], at) => writeFileSync(join(folder, `x${at}.test.ts`), text));
    const run = spawnSync(
      join(repository, 'node_modules/.bin/oxlint'),
      ['--config', join(repository, '.oxlintrc.json'), '--format', 'json', folder],
      { encoding: 'utf8', cwd: repository },
    );
    const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: { code: string }[] };
    const codes = diagnostics.map(({ code }) => code);
    expect(PLANTED.map(([code]) => code).filter((code) => !codes.includes(code))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
