/** What a phone was really sent, read from its proxy's bytes. */
import { DEMO_BRANCHES } from '#server/tasks/demo-people.ts';
import { bodyOf } from '#tests/support/bodies.ts';
import type { Proxy } from '#tests/support/proxy.ts';

export interface SentRow {
  scope: string;
  kind: string;
  subject?: string;
  author?: string;
  body: unknown;
}

/** Everything that the server's API answered this phone, as text. */
export function apiText(proxy: Proxy): string {
  return apiAnswers(proxy)
    .filter(({ complete }) => complete)
    .map(({ body }) => JSON.stringify(bodyOf(body)))
    .join('\n');
}

/** The rows of all sync answers together. */
export function sentRows(proxy: Proxy): SentRow[] {
  return apiAnswers(proxy)
    .filter(({ path, status, complete }) => path === '/api/sync' && status === 200 && complete)
    .flatMap(({ body }) => bodyOf<{ pages?: Page[] }>(body).pages ?? [])
    .flatMap(({ rows = [] }) => rows);
}

/** Both forms of the name of everybody in the demonstration county who is called otherwise. */
export function otherNames(own: string): string[] {
  return DEMO_BRANCHES.flatMap(({ members }) => members)
    .filter(({ names }) => names.hans !== own)
    .flatMap(({ names }) => [names.hans ?? '', names.hant ?? '']);
}

type Page = { rows?: SentRow[] };

function apiAnswers(proxy: Proxy) {
  return proxy.answers().filter(({ path }) => path.startsWith('/api/'));
}
