import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RouteRecordRaw } from 'vue-router';
import { screens } from '#tests/support/routes.ts';
import { repository, sourceFiles } from '#tests/support/source-files.ts';
import { words } from '#tests/support/words.ts';

describe('the list of screens that the gates walk', () => {
  it('has every route of the router', async () => {
    const files = sourceFiles('src').filter(({ path }) => path.endsWith('.routes.ts'));
    const features = files.filter(({ path }) => path.startsWith('src/features/'));
    const modules = (await Promise.all(
      features.map(({ path }) => import(pathToFileURL(join(repository, path)).href)),
    )) as Record<string, RouteRecordRaw[]>[];
    const routes = modules
      .flatMap((module) => Object.values(module).flat())
      .map(({ path }) => path);
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.filter((path) => !screens.some(({ route }) => route === path))).toEqual([]);
  });

  it('names each once, by a text that there is', () => {
    const names = screens.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(screens.map(({ shows }) => words(shows))).not.toContain('');
  });

  it('has a picture of each in both scripts', () => {
    const pictures = new Set(readdirSync(join(repository, 'docs/screens')));
    const wanted = screens.flatMap(({ name }) =>
      ['hans', 'hant'].map((script) => `${name}-${script}-360.png`),
    );
    expect(wanted.filter((name) => !pictures.has(name))).toEqual([]);
  });
});
