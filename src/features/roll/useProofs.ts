import { computed, shallowRef, watch, type Ref } from 'vue';
import type { ActivityView } from '#data/activity-view.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { foldActivities } from '#domain/activities.ts';
import type { ProofLine } from '#domain/proofs.ts';
import { remoteByDigits } from '#domain/remote.ts';
import type { RosterMember } from '#domain/roster.ts';
import { linesOf, readProofs } from './read-proofs.ts';

/** A line for the desk to decide, with the name where the roster has one. */
export interface ProofRow extends ProofLine {
  member: RosterMember | null;
  /** Given from afar, as far as can be told: whoever counts it heard or saw them. */
  remote: boolean;
  decided: boolean;
}

type View = Readonly<Ref<ActivityView<unknown> | null | undefined>>;

/**
 * What members' own phones say of the activity beside its roll. `rows`: those that ask, in roster order;
 * one that was decided keeps its place while the screen is open, so that no name moves under a finger.
 * `openOf`: all of a person's that nobody has decided, for whatever the desk sets next decides them.
 */
export function useProofs(id: string, view: View) {
  const ledger = useLedger();
  const held = useLive(() => ledger.atOnce(() => readHeld(ledger, id)), null);
  const lines = computed(() =>
    view.value && held.value ? linesOf(view.value, held.value) : new Map<string, ProofLine>(),
  );
  const rows = shallowRef<readonly ProofRow[]>([]);
  watch(lines, (now) => (rows.value = listed(rows.value, now, view.value)));
  return {
    rows,
    openOf: (person: string): readonly string[] => lines.value.get(person)?.records ?? [],
  };
}

async function readHeld(ledger: Ledger, id: string) {
  const known = await ledger.records({ kind: ['activity', 'activity-change'] });
  const grants = (await ledger.current())?.grants;
  const activity = foldActivities(known, grants).find((one) => one.id === id);
  return activity ? readProofs(ledger, activity) : null;
}

/** Those that ask now, and those that did before. */
function listed(
  before: readonly ProofRow[],
  lines: ReadonlyMap<string, ProofLine>,
  view: View['value'],
): ProofRow[] {
  const members = [...(view?.roster ?? []), ...(view?.seconds ?? [])];
  const places = new Map(members.map(({ person }, at) => [person, at]));
  const placeOf = ({ subject }: ProofLine) => places.get(subject) ?? members.length;
  const asking = [...lines.values()]
    .filter(({ is }) => is !== 'joined')
    .map((line) => {
      const member = members[placeOf(line)] ?? null;
      const remote = !!view && remoteByDigits({ activity: view.activity, proof: line, member });
      return { ...line, member, remote, decided: false };
    });
  const asks = new Set(asking.map(({ subject }) => subject));
  const decided = before
    .filter(({ subject }) => !asks.has(subject))
    .map((row) => ({ ...row, decided: true }));
  return [...asking, ...decided].sort(
    (a, b) => placeOf(a) - placeOf(b) || (a.subject < b.subject ? -1 : 1),
  );
}
