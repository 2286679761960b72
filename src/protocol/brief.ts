/**
 * What a phone and the server leave out because the other knows it (version 2). A request that says
 * `knows` names the epoch and the grants it goes by; its cursors are then the places `at`, in the
 * order of `viewsOf`, and device, epoch and a usual `want` go without saying. Its answer leaves out
 * what is empty, epoch and grants where they are those known, `to` where a run is one record, and
 * names views by their place.
 * Promise: where epoch or grants are others, no place is trusted: the answer tells both, brings no
 * page and asks to come again, and what was pushed has its results.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { viewsOf, type ScopeView } from '#domain/audience.ts';
import type { Grant } from '#domain/roles.ts';
import { toBase64Url } from '#lib/base64.ts';
import { WANT_DEFAULT_BYTES } from './sync.ts';
import type { BriefAnswer, Cursor, Page, SyncAnswer, SyncRequest } from './sync.ts';

/** So many that two sets of one person's roles never share them. */
const KNOWS_BYTES = 6;

type Asking = Pick<SyncRequest, 'v' | 'knows' | 'at' | 'cursors'>;

/** The first version that knows the view `secretary`. */
const KNOWS_SECRETARY = 5;

/** The views of which a phone of version `v` can read a page; places are counted among these alone. */
export function viewsKnown(v: number, person: string, grants: readonly Grant[]): ScopeView[] {
  return viewsOf(person, grants).filter(({ view }) => view !== 'secretary' || v >= KNOWS_SECRETARY);
}

/** What both sides go by. */
interface Known {
  person: string;
  epoch: string;
  grants: readonly Grant[];
}

/** A name for this history and these grants in their order. */
export function knowsOf({ epoch, grants }: Known): string {
  const lines = [epoch, ...grants.map(({ scope, role }) => `${scope} ${role}`)];
  return toBase64Url(sha256(utf8ToBytes(lines.join('\n'))).slice(0, KNOWS_BYTES));
}

/** What a brief request says of where the phone stands; `cursors` are in the order of `viewsOf`. */
export function standing(
  known: Known,
  cursors: readonly Cursor[],
  want: number,
): Pick<SyncRequest, 'knows' | 'at' | 'want'> {
  const at = cursors.flatMap(({ n, tag }) => [n, tag]);
  return { knows: knowsOf(known), at, ...(want === WANT_DEFAULT_BYTES ? {} : { want }) };
}

/** The request's cursors by name; null where its places are those of other grants. */
export function namedCursors(
  { v, knows, at = [], cursors = [] }: Asking,
  now: Known,
): (ScopeView & Cursor)[] | null {
  if (knows === undefined) return cursors;
  if (knows !== knowsOf(now)) return null;
  return viewsKnown(v, now.person, now.grants).flatMap((view, place) => {
    const [n, tag] = at.slice(2 * place);
    return typeof n === 'number' && typeof tag === 'string' ? [{ ...view, n, tag }] : [];
  });
}

/** The answer as this request is to get it. */
export function inBrief(answer: SyncAnswer, request: Asking, person: string): BriefAnswer {
  if (request.knows === undefined) return answer;
  const { v, now, epoch, results, grants, more, sealed } = answer;
  const views = viewsKnown(request.v, person, grants);
  const known = request.knows === knowsOf({ person, epoch, grants });
  const pages = answer.pages.map(({ scope, view, ...page }) => ({
    place: views.findIndex((each) => each.scope === scope && each.view === view),
    ...page,
    rows: orNothing(page.rows),
    more: page.more || undefined,
  }));
  return {
    ...{ v, now, pages: orNothing(pages), more: more || undefined },
    results: orNothing(
      results.map((run) => (run.to === run.from ? { ...run, to: undefined } : run)),
    ),
    ...(known ? {} : { epoch, grants }),
    ...(sealed === undefined ? {} : { sealed }),
  };
}

/** A whole answer as a phone reads it; `grants` null: as they were. */
export type ToldAnswer = Omit<SyncAnswer, 'grants'> & { grants: Grant[] | null };

/** The answer with what the phone knew when it asked. */
export function inFull(
  { v, now, epoch, results = [], pages = [], grants, more = false, sealed }: BriefAnswer,
  asked: Known,
): ToldAnswer {
  const views = viewsOf(asked.person, asked.grants);
  const whole = pages.flatMap(({ place, scope, view, rows = [], more: further, ...page }) => {
    const named = scope !== undefined && view !== undefined ? { scope, view } : views[place ?? -1];
    return named ? [{ ...named, ...page, rows, more: further ?? false } satisfies Page] : [];
  });
  const runs = results.map((run) => ({ ...run, to: run.to ?? run.from }));
  const seal = sealed === undefined ? {} : { sealed };
  const rest = { v, now, results: runs, pages: whole, more, ...seal };
  return { ...rest, epoch: epoch ?? asked.epoch, grants: grants ?? null };
}

function orNothing<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
