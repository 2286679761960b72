/**
 * How long things are kept (ADR 17). The county sets it by dated records; what it set too short for a
 * period's floor, or not at all, is the floor or the usual. A thing is kept through the day on which its
 * years are full and goes after it: of what happened on 29 February that day is 1 March. Whatever a
 * phone says of the day, nothing goes before people had time to see it (SEEN_DAYS).
 */
import {
  PERIODS,
  type KeepingBody,
  type KeptPart,
  type RetentionBody,
} from './bodies/retention.ts';
import { addDays } from './civil-day.ts';
import { inOrder, readable, type Foldable } from './fold.ts';

export const RETENTION_KIND = 'retention';
export const KEEPING_KIND = 'keeping';

/** What holds where nobody has set anything. */
export const USUAL: KeepingBody = withEach((part) => PERIODS[part].usual);

/** What of the county's records holds on `today`: of those that have begun the one with the last `from`. */
export function foldRetention(
  records: readonly Foldable<unknown>[],
  today: string,
): KeepingBody & { from: string | null } {
  const set = inOrder(readable(records)).filter(({ kind }) => kind === RETENTION_KIND);
  let last: RetentionBody | null = null;
  for (const { body } of set as Foldable<RetentionBody>[])
    if (body.from <= today && body.from >= (last?.from ?? '')) last = body;
  return { ...floored(last ?? USUAL), from: last?.from ?? null };
}

/** What a branch was told last; the usual where it was told nothing. */
export function foldKeeping(records: readonly Foldable<unknown>[]): KeepingBody {
  const told = inOrder(readable(records)).filter(({ kind }) => kind === KEEPING_KIND);
  return floored((told[told.length - 1]?.body as KeepingBody | undefined) ?? USUAL);
}

/**
 * So long everything stays after it came: a phone whose clock was years behind, or that was in a drawer,
 * brings what nobody has read yet.
 */
const SEEN_DAYS = 31;

/** What is from before these days, and came before `came`, goes on `today`. */
export function keptSince({ rolls, messages, logs }: KeepingBody, today: string) {
  return {
    rolls: yearsBefore(today, rolls),
    messages: yearsBefore(today, messages),
    logs: addDays(today, -logs),
    came: addDays(today, -SEEN_DAYS),
  };
}
export type KeptSince = ReturnType<typeof keptSince>;

/** The same day `years` earlier; of a 29 February in a year without one, the 28th: never later. */
function yearsBefore(day: string, years: number): string {
  const year = String(Number(day.slice(0, 4)) - years).padStart(4, '0');
  const rest = day.slice(4);
  return rest === '-02-29' && !isLeap(Number(year)) ? `${year}-02-28` : `${year}${rest}`;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** A phone or a version that knew no floor shortens nothing. */
function floored(body: KeepingBody): KeepingBody {
  return withEach((part) => Math.max(body[part], PERIODS[part].least));
}

function withEach(value: (part: KeptPart) => number): KeepingBody {
  return { rolls: value('rolls'), messages: value('messages'), logs: value('logs') };
}
