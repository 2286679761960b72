import { expect, it } from 'vitest';
import { isOfRoles, keepRole } from '#sw/role-files.ts';

const OLD = ['/assets/desk-old.js', '/assets/zh-Hans.desk-old.js', '/assets/gzip-same.js'];
const NEW = ['/assets/desk-new.js', '/assets/zh-Hans.desk-new.js', '/assets/gzip-same.js'];
const OTHERS = '/assets/publish-old.js';

it('the worker answers without a network for all that a desk’s screens are of, texts and tables too', () => {
  expect(NEW.every(isOfRoles)).toBe(true);
  expect(isOfRoles('/assets/zh-Hant.desk-a.js')).toBe(true);
  expect(isOfRoles('/assets/zh-Hans.first-a.js')).toBe(false);
  expect(isOfRoles('/assets/activities-a.js')).toBe(false);
});

it('P-02 an older page that is still open keeps its desk’s files while a newer build waits', async () => {
  expect(await kept({ isNewest: false })).toEqual([...OLD, OTHERS, ...NEW.slice(0, 2)].sort());
});

it('what only the build before had goes once the newer one has taken over', async () => {
  expect(await kept({ isNewest: true })).toEqual([...NEW, OTHERS].sort());
});

it('a role that has no files, and a server that does not answer, change nothing', async () => {
  const before = [...OLD, OTHERS].sort();
  expect(await kept({ isNewest: true, role: 'secretary' })).toEqual(before);
  expect(await kept({ isNewest: true, files: null })).toEqual(before);
});

/** What lies on the phone after a start with the list of the server's newest build. */
async function kept({
  isNewest,
  role = 'desk',
  files = NEW,
}: {
  isNewest: boolean;
  role?: string;
  files?: string[] | null;
}): Promise<string[]> {
  const here = new Set([...OLD, OTHERS]);
  const origin = 'https://county.example';
  await keepRole(role, {
    list: () => Promise.resolve(files),
    isNewest: () => Promise.resolve(isNewest),
    cache: {
      keys: () => Promise.resolve([...here].map((path) => ({ url: origin + path }))),
      match: (path) => Promise.resolve(here.has(path) ? 'a file' : undefined),
      add: (path) => Promise.resolve(void here.add(path)),
      delete: (url) => Promise.resolve(here.delete(url.replace(origin, ''))),
    },
  });
  return [...here].sort();
}
