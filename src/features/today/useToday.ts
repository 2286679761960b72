import { computed } from 'vue';
import type { Ledger, LedgerRecord } from '#data/ledger/ledger.ts';
import { readBranchNames } from '#data/branch-names.ts';
import { SEEN_REFUSED } from '#data/seen-refused.ts';
import { useHalfHour } from '#data/use-half-hour.ts';
import { readNotice } from '#data/notice.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { useLiveLater } from '#data/use-live-later.ts';
import { ACTIVITY_KINDS } from '#domain/activities.ts';
import type { StudyBody } from '#domain/bodies/study.ts';
import { civilDay, civilMinutes } from '#domain/civil-day.ts';
import { useNow } from '#ui/use-now.ts';
import { useWhen } from '#ui/use-when.ts';
import { daysThisMonth, minutesToday, todaysActivities, type TodayActivity } from './today-view.ts';

/** The years of one person. */
interface Past {
  person: string | null;
  checkIns: LedgerRecord[];
  studies: StudyBody[];
}
/** Until they have been read: on a full phone after the screen is there. */
const NO_PAST: Past = { person: null, checkIns: [], studies: [] };

/** What the first screen shows, and the verb that begins the half hour. */
export function useToday() {
  const ledger = useLedger();
  const halfHour = useHalfHour();
  const now = useNow();
  const { whenWords } = useWhen();
  const held = useLive(() => ledger.atOnce(() => readNow(ledger)), null);
  const past = useLiveLater(
    () => held.value !== null,
    () => ledger.atOnce(() => readPast(ledger)),
    NO_PAST,
  );

  const today = computed(() => civilDay(now.value + (held.value?.person?.offset?.ms ?? 0)));
  const mine = computed(() => (held.value?.person ? held.value : null));
  /** Never of somebody who was on the screen before. */
  const own = computed(() =>
    past.value.person === mine.value?.person.person ? past.value : NO_PAST,
  );
  return {
    today,
    loaded: computed(() => held.value !== null),
    joined: computed(() => mine.value !== null),
    unsent: computed(() => mine.value?.unsent ?? 0),
    /** What the county did not take in and this person has not been told yet. */
    refused: computed(() => mine.value?.refused ?? 0),
    /** The notice has changed since this person said yes to it, and they were not asked yet. */
    notice: computed(() => mine.value?.asks ?? false),
    /** The chapter of the report at which this person last was. */
    place: computed(() => held.value?.place ?? null),
    activities: computed(() =>
      mine.value
        ? todaysActivities({ ...mine.value, ...own.value }, mine.value.person, today.value)
        : [],
    ),
    minutes: computed(() => minutesToday(own.value.studies, halfHour.state.value, today.value)),
    days: computed(() => daysThisMonth(own.value.studies, today.value)),
    running: computed(() => halfHour.state.value?.last != null),
    /** The branch's name where this person is in several. */
    branchOf: ({ scope }: TodayActivity) => mine.value?.branches.get(scope),
    whenOf: (activity: TodayActivity) =>
      whenWords(civilDay(activity.starts), civilMinutes(activity.starts), today.value),
    /** Starts the half hour, or goes on with it. */
    run: () => halfHour.run(),
  };
}

async function readNow(ledger: Ledger) {
  const person = await ledger.current();
  const place = await ledger.kept<{ chapter: string; nth: number }>('report-place');
  if (!person) return { person, place };
  const activities = await ledger.records({ kind: ACTIVITY_KINDS });
  const unsent = await ledger.unsent();
  const seen = (await ledger.kept<number>(SEEN_REFUSED)) ?? 0;
  const refused = Math.max(0, (await ledger.refused()).length - seen);
  const { asks } = await readNotice(ledger);
  const branches = await readBranchNames(ledger, person.grants);
  return { person, place, activities, unsent, refused, asks, branches };
}

async function readPast(ledger: Ledger): Promise<Past> {
  const person = await ledger.current();
  if (!person) return NO_PAST;
  const checkIns = await ledger.records({ kind: 'check-in', subject: person.person });
  const studies = await ledger.records({ kind: 'study' });
  return { person: person.person, checkIns, studies: studies.map((row) => row.body as StudyBody) };
}
