/**
 * Where a running half hour is kept, and how it becomes a `study` record.
 *
 * Promises: what was counted survives a killed phone up to the last save; finishing it writes one
 * record, also when the phone dies between writing the record and clearing what was kept. For that
 * a mark is saved before the record: how many records like it there were. Found again with one more
 * of them, the record is written and only the clearing was missed.
 */
import type { StudyBody } from '#domain/bodies/study.ts';
import { minutesOf, reopenHalfHour, type HalfHour } from '#domain/half-hour.ts';
import { STUDY_MINUTES_MAX } from '#domain/study.ts';
import { ok, type Result } from '#lib/result.ts';

/** What is asked of the ledger here. */
export interface StudyLedger<E> {
  keep(name: string, value: unknown): Promise<unknown>;
  kept(name: string): Promise<unknown>;
  records(query: { kind: 'study' }): Promise<readonly { body: unknown }[]>;
  write(draft: { kind: 'study'; body: StudyBody }): Promise<Result<unknown, E>>;
}

const NAME = 'half-hour';

/** `by`: the page that saved it last. `twins`: set while the record is being written. */
interface Kept {
  day: string;
  counted: number;
  by?: string;
  twins?: number;
}

/** Looked at by hand: a schema would be the only one that the first screen needs. */
function isKept(value: unknown): value is Kept {
  const { day, counted, by, twins } = (value ?? {}) as { [key in keyof Kept]: unknown };
  return (
    typeof day === 'string' &&
    typeof counted === 'number' &&
    counted >= 0 &&
    ['string', 'undefined'].includes(typeof by) &&
    ['number', 'undefined'].includes(typeof twins)
  );
}

/** What was kept, standing still, and the page that kept it. */
export interface KeptHalfHour {
  state: HalfHour;
  by: string | undefined;
}

/** Saves, finds and records the half hour of the ledger's current person, for the page `tab`. */
export function createHalfHourStore<E>(ledger: StudyLedger<E>, tab: string) {
  const save = async (state: HalfHour | null, twins?: number) =>
    void (await ledger.keep(
      NAME,
      state && {
        day: state.day,
        counted: state.counted,
        by: tab,
        ...(twins === undefined ? {} : { twins }),
      },
    ));

  async function countTwins(body: StudyBody): Promise<number> {
    const records = await ledger.records({ kind: 'study' });
    return records.filter((record) => isTwin(record.body as StudyBody, body)).length;
  }

  /** Null when there is nothing to go on with. */
  async function load(): Promise<KeptHalfHour | null> {
    const kept = await ledger.kept(NAME);
    if (!isKept(kept)) return null;
    const { day, counted, by, twins } = kept;
    const state = reopenHalfHour({ day, counted, last: null });
    if (twins === undefined || (await countTwins(bodyOf(state))) <= twins) return { state, by };
    await save(null);
    return null;
  }

  /** Writes the record (none under a minute) and clears what was kept; the minutes written. */
  async function record(state: HalfHour): Promise<Result<number, E>> {
    const body = bodyOf(state);
    if (body.minutes > 0) {
      await save(state, await countTwins(body));
      const written = await ledger.write({ kind: 'study', body });
      if (!written.ok) return written;
    }
    await save(null);
    return ok(body.minutes);
  }

  return { save, load, record };
}

function bodyOf(state: HalfHour): StudyBody {
  return { day: state.day, minutes: Math.min(STUDY_MINUTES_MAX, minutesOf(state)), how: 'app' };
}

function isTwin(a: StudyBody, b: StudyBody): boolean {
  return a.day === b.day && a.minutes === b.minutes && a.how === b.how;
}
