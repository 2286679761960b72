import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bansFor, folders, importTable } from '#scripts/import-table.mjs';
import { findImports, repository, sourceFiles } from '#tests/support/source-files.ts';

const sources = sourceFiles('src');
const resolved = sources.map((file) => ({
  path: file.path,
  imports: findImports(file.text).map((found) => ({
    ...found,
    target: resolve(file.path, found.specifier),
  })),
}));

describe('the import table', () => {
  it('is kept by every import, also dynamic ones and types', () => {
    expect(resolved.flatMap(offencesOf)).toEqual([]);
  });

  it('lets no feature import another, and no server module another', () => {
    expect(
      crossings(/^src\/features\/([^/]+)\//).concat(crossings(/^src\/server\/modules\/([^/]+)\//)),
    ).toEqual([]);
  });

  it('points every alias and relative import at a file that exists', () => {
    const missing = resolved.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target !== undefined && !existsSync(join(repository, target)))
        .map(({ specifier, line }) => `${path}:${line} ${specifier}`),
    );
    expect(missing).toEqual([]);
  });

  it('has no layer that imports a later one back', () => {
    const back = folders.flatMap((folder) =>
      (importTable[folder] ?? [])
        .filter((other) => importTable[other]?.includes(folder))
        .map((other) => `${folder} ↔ ${other}`),
    );
    expect(back).toEqual([]);
  });

  it('finds no circle between files', () => {
    expect(circles()).toEqual([]);
  });
});

describe('the scanner', () => {
  it('sees every form of import and no comment', () => {
    const text = [
      "import { a } from '#domain/a.ts'",
      "import type { B } from '#server/b.ts'",
      "export { c } from './c.ts'",
      "import './d.css'",
      "const e = () => import('#features/e/e.ts')",
      "type F = import('node:fs').Stats",
      "// import { no } from 'no'",
      "/* import 'no' */ const url = 'http://x' // import 'no'",
      "import {\n  g,\n} from '#lib/g.ts'",
    ].join('\n');
    expect(findImports(text).map(({ specifier }) => specifier)).toEqual([
      '#domain/a.ts',
      '#server/b.ts',
      './c.ts',
      './d.css',
      '#features/e/e.ts',
      'node:fs',
      '#lib/g.ts',
    ]);
  });
});

function offencesOf({ path, imports }: (typeof resolved)[number]): string[] {
  const [, first = '', ...rest] = path.split('/');
  const bans = rest.length === 0 ? bansFor('app') : bansFor(first, rest.join('/'));
  return imports.flatMap(({ specifier, line }) =>
    bans
      .filter(({ regex }) => new RegExp(regex, 'u').test(specifier))
      .map(({ message }) => `${path}:${line} ${specifier}: ${message}`),
  );
}

/** Imports that leave one of the folders that `place` names for a sister of it. */
function crossings(place: RegExp): string[] {
  return resolved.flatMap(({ path, imports }) => {
    const own = place.exec(path)?.[1];
    if (own === undefined) return [];
    return imports
      .filter(({ target }) => (place.exec(target ?? '')?.[1] ?? own) !== own)
      .map(({ specifier, line }) => `${path}:${line} ${specifier}`);
  });
}

/** The file that a specifier means, from the root; undefined for a package or a virtual module. */
function resolve(from: string, specifier: string): string | undefined {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('.')) return join(dirname(from), bare);
  const alias = /^#([\w-]+)\/(.+)$/.exec(bare);
  if (!alias) return undefined;
  const [, folder = '', path = ''] = alias;
  // Made while the app is built, from the texts of a script (scripts/texts-parts.ts).
  if (folder === 'texts') return `locales/${path.replace(/\.(first|rest|desk)\.json$/, '.json')}`;
  return folders.includes(folder) ? `src/${folder}/${path}` : `${folder}/${path}`;
}

function circles(): string[] {
  const edges = new Map(
    resolved.map(({ path, imports }) => [path, imports.flatMap(({ target }) => target ?? [])]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (path: string, trail: string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}
