/**
 * The notice (what is kept and what never) and the yes to it. A yes is a record; a no is none, and
 * nothing but the record depends on it: reading, the roll on paper and the meeting go on.
 */
import type { ConsentBody } from './bodies/people.ts';
import { readable, type Foldable } from './fold.ts';

/** The version of the notice that a person agrees to today; its words are `join.*` and `me.about.*` in locales/. */
export const NOTICE_VERSION = 1;

export const CONSENT_KIND = 'consent';

/** The newest notice that `person` said yes to in each branch, and on which day. */
export function foldConsents(
  records: readonly (Foldable<unknown> & { scope: string })[],
  person: string,
): Map<string, { notice: number; day: string }> {
  const newest = new Map<string, { notice: number; day: string }>();
  for (const { kind, scope, subject, body, day } of readable(records)) {
    if (kind !== CONSENT_KIND || subject !== person) continue;
    const { notice } = body as ConsentBody;
    if (notice > (newest.get(scope)?.notice ?? 0)) newest.set(scope, { notice, day });
  }
  return newest;
}

/**
 * The branches in which somebody has said yes to an older notice than `current`. Who never said yes,
 * or had it erased, is not asked: they are not in by that yes.
 */
export function outdatedConsents(
  consents: ReadonlyMap<string, { notice: number }>,
  current = NOTICE_VERSION,
): string[] {
  return [...consents].filter(([, { notice }]) => notice < current).map(([scope]) => scope);
}
