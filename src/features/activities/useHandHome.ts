import { computed, ref } from 'vue';
import { namesIn, ownScope } from '#data/own-place.ts';
import type { LedgerRecord } from '#data/ledger/ledger.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { foldActivities } from '#domain/activities.ts';
import type { AttendedBody } from '#domain/bodies/migrants.ts';
import {
  ATTENDED_CHECKED_KIND,
  ATTENDED_KIND,
  attendedOf,
  foldElsewhere,
} from '#domain/elsewhere.ts';
import { isOfBranch } from '#domain/roles.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';

type Ledger = ReturnType<typeof useLedger>;

/** What this person's second branch recorded of them at one activity, and the verb that hands it in at home. */
export function useHandHome(of: Readonly<{ activity: string }>) {
  const ledger = useLedger();
  const failed = ref(false);
  const held = useLive(() => ledger.atOnce(() => read(ledger, of.activity)), null);

  /** It is handed in once it is on the phone. */
  async function handIn(): Promise<void> {
    if (!held.value?.body) return;
    const { home: scope, person: subject, body } = held.value;
    failed.value = !(await ledger.write({ kind: ATTENDED_KIND, scope, subject, body })).ok;
  }

  return {
    /** What there is to hand in; null where there is nothing, or it was. */
    body: computed(() => (held.value?.done ? null : (held.value?.body ?? null))),
    done: computed(() => held.value?.done ?? null),
    failed,
    handIn: oneAtATime(handIn),
  };
}

async function read(ledger: Ledger, id: string) {
  const person = await ledger.current();
  const home = ownScope(person?.grants.filter(({ role }) => isOfBranch(role)) ?? []);
  const activity = foldActivities(await ledger.records({ kind: 'activity' })).find(
    (one) => one.id === id,
  );
  if (!person || !home || !activity || activity.scope === home) return null;
  const { scope } = activity;
  const subject = person.person;
  const lines = (await ledger.records({ kind: 'check-in', scope, subject })).filter(stands);
  const names = namesIn(await ledger.records({ kind: 'about', scope })).get(scope) ?? null;
  const body = attendedOf(activity, { person: subject, names, lines });
  const kind = [ATTENDED_KIND, ATTENDED_CHECKED_KIND];
  const handed = (await ledger.records({ kind, scope: home, subject })).filter(stands);
  return { ...{ person: subject, home, body }, done: doneOf(handed, id, body) };
}

/** What was handed in of this activity; null where the host's line is another one by now. */
function doneOf(rows: LedgerRecord[], activity: string, body: AttendedBody | null) {
  const one = foldElsewhere(rows).find((each) => each.activity === activity);
  if (!one || (body && body.record !== one.record)) return null;
  const state = rows.find(({ id }) => id === one.id)?.state ?? 'saved';
  return { ...one, place: state };
}

function stands({ state }: LedgerRecord): boolean {
  return state !== 'refused';
}
