import { computed, type Ref } from 'vue';
import { useLedger } from '#data/use-ledger.ts';
import { useLiveLater } from '#data/use-live-later.ts';
import { DEVICE_KINDS, foldDevices, REJOIN_KIND } from '#domain/devices.ts';
import { isDesk } from '#domain/roles.ts';
import type { RosterMember } from '#domain/roster.ts';
import { correctedNow, type Clock } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { useClock } from '#ui/use-clock.ts';
import { foldQuestions, type Question } from './questions.ts';

/**
 * What this person has answered is kept on this phone alone: another secretary knows people of their
 * own accord, and a record would be a table of who joined when.
 */
const ANSWERED = 'desk.answered';

/** The desk as useDesk reads it. */
type Desk = Readonly<
  Ref<{ rosters: readonly { scope: string; roster: readonly RosterMember[] }[] } | null>
>;

/** What the desk is asked of its people's phones, and what it knows of them. */
export function useQuestions(desk: Desk) {
  const ledger = useLedger();
  const clock = useClock();
  const held = useLiveLater(
    () => desk.value !== null,
    () => ledger.atOnce(() => readHeld(ledger, clock)),
    null,
  );

  function questionsIn(scope: string, roster: readonly RosterMember[]): Question[] {
    if (!held.value) return [];
    const { rows, now, reader, answered } = held.value;
    const plain = new Set(roster.filter(({ role }) => role === null).map(({ person }) => person));
    const isPlain = (person: string) => plain.has(person);
    const asking = { now, reader, isPlain, answered: new Set(answered) };
    const here = rows.filter((row) => row.scope === scope);
    return foldQuestions(here, asking);
  }

  /** It is settled on this phone, and asked no more here. */
  async function settle(question: Question): Promise<void> {
    const id = question.is === 'joined' ? question.device : question.request;
    await ledger.keep(ANSWERED, [...(await readAnswered(ledger)), id]);
  }

  return {
    questions: computed(() =>
      (desk.value?.rosters ?? []).flatMap(({ scope, roster }) => questionsIn(scope, roster)),
    ),
    /** The person's phones that are theirs now. */
    devicesOf: (person: string) =>
      foldDevices((held.value?.rows ?? []).filter(({ subject }) => subject === person))
        .filter(({ ended }) => !ended)
        .map(({ device }) => device),
    /** Where a record of these is. */
    stateOf: (record: string) => held.value?.rows.find(({ id }) => id === record)?.state ?? 'saved',
    settle: oneAtATime(settle),
  };
}

type Ledger = ReturnType<typeof useLedger>;

const readAnswered = async (ledger: Ledger) => (await ledger.kept<string[]>(ANSWERED)) ?? [];

/** What every branch of this desk holds about phones, and what was answered of it: never one without the other. */
async function readHeld(ledger: Ledger, clock: Clock) {
  const [person, answered] = await Promise.all([ledger.current(), readAnswered(ledger)]);
  const grants = person?.grants ?? [];
  const scopes = new Set(grants.filter(({ role }) => isDesk(role)).map(({ scope }) => scope));
  const kind = [...DEVICE_KINDS, REJOIN_KIND];
  const queries = [...scopes].map((scope) => ledger.records({ kind, scope }));
  const rows = (await Promise.all(queries)).flat();
  const now = correctedNow(clock, person?.offset ?? null);
  return { rows, now, reader: person?.person ?? '', answered };
}
