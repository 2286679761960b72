import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { repository, sourceFiles } from '#tests/support/source-files.ts';

const atRoot = ['README.md', 'CONTRIBUTING.md']
  .filter((path) => existsSync(join(repository, path)))
  .map((path) => ({ path, text: readFileSync(join(repository, path), 'utf8') }));
const pages = [...atRoot, ...sourceFiles('docs', ['.md']), ...sourceFiles('tests', ['.md'])];

it('every link and picture in the docs points at something that exists', () => {
  const dead = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)]
      .map((match) => match[1] ?? '')
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => !existsSync(join(repository, dirname(path), link)))
      .map((link) => `${path}: ${link}`),
  );
  expect(dead).toEqual([]);
});

it('every `npm run` in the docs is a command of package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const unknown = pages.flatMap(({ path, text }) =>
    [...text.matchAll(/npm run (?:--?silent )?([a-z][\w-]*)/g)]
      .map((match) => match[1] ?? '')
      .filter((name) => !(name in scripts))
      .map((name) => `${path}: npm run ${name}`),
  );
  expect(unknown).toEqual([]);
});

it('decisions are numbered without a gap, and none is deleted', () => {
  const numbers = sourceFiles('docs/adr', ['.md'])
    .map(({ path }) => /\/(\d{4})-[\w-]+\.md$/.exec(path)?.[1] ?? path)
    .sort();
  expect(numbers).toEqual(numbers.map((_, at) => String(at + 1).padStart(4, '0')));
});
