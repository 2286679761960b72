/**
 * The files of a role's screens, beside the shell: which they are, and what a phone keeps of them.
 * Promise: what the build lists for a role (vite.config.ts) is what the worker answers for without a
 * network; the files of the build that is on the screen stay until a newer one has taken over.
 */

/** Paths of built files by role: the desk opens tables without a network, and its screens' texts are files of their own. */
export const ROLE_FILES = {
  desk: /^\/assets\/(desk|gzip|zh-Han[st]\.desk)-/,
  publish: /^\/assets\/publish-/,
};

/** Whether the file is of some role's screens. */
export function isOfRoles(path: string): boolean {
  return Object.values(ROLE_FILES).some((files) => files.test(path));
}

/** What keeping needs; `isNewest`: no newer build waits to take over. */
export interface Keeping {
  list(role: string): Promise<readonly string[] | null>;
  cache: RoleCache;
  isNewest(): Promise<boolean>;
}

/** What is used of a browser's cache: the build, which reads this file too, has none. */
interface RoleCache {
  keys(): Promise<readonly { url: string }[]>;
  match(file: string): Promise<unknown>;
  add(file: string): Promise<void>;
  delete(url: string): Promise<boolean>;
}

/**
 * Fetches a role's files; what is there already is not fetched again, a failure is tried at the next
 * start. The list is the server's, of its newest build: an older page that is still open goes on with
 * its own files, so those go last, and only where nothing newer waits.
 */
export async function keepRole(role: string, { list, cache, isNewest }: Keeping): Promise<void> {
  const files = isRole(role) ? await list(role) : null;
  if (!files || !isRole(role)) return;
  for (const file of files) if (!(await cache.match(file))) await cache.add(file);
  if (!(await isNewest())) return;
  for (const old of await cache.keys()) {
    const path = new URL(old.url).pathname;
    if (ROLE_FILES[role].test(path) && !files.includes(path)) await cache.delete(old.url);
  }
}

function isRole(role: string): role is keyof typeof ROLE_FILES {
  return Object.keys(ROLE_FILES).includes(role);
}
