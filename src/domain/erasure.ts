/**
 * Erasure (抹去): the body and the salt of a record go from every device and from the server, its
 * header and its hash stay, so that the device's chain still verifies (PIPL art. 47; a wrong name).
 * What an erasure names and may not take is passed over, on the phone and on the server alike; in
 * whatever order the two arrive, the same bodies are gone (I10).
 */
import { kindRule, SELF_KIND } from './kinds.ts';

/** The kind whose records say what is erased. */
export const ERASURE_KIND = 'erasure';

/**
 * Whether records of this kind are ever erased. Who held which role, what was erased and what the
 * server wrote itself stay; a kind of a later version goes, because the server has let it go.
 */
export function isErasable(kind: string): boolean {
  if (kind === SELF_KIND) return false;
  const rule = kindRule(kind);
  return rule === null || rule.erasable === true || rule.ages !== undefined;
}

/** Whether an erasure in `scope` takes the body of this record: only in its own branch. */
export function mayErase(scope: string, record: { scope: string; kind: string }): boolean {
  return record.scope === scope && isErasable(record.kind);
}
