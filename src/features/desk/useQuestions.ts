import { computed, ref, type Ref } from 'vue';
import { useLedger, useLive } from '#data/use-ledger.ts';
import { useLiveLater } from '#data/use-live-later.ts';
import {
  ADMISSION_KIND,
  DEVICE_KINDS,
  foldDevices,
  REJOIN_KIND,
  REVOCATION_KIND,
} from '#domain/devices.ts';
import { isDesk } from '#domain/roles.ts';
import type { RosterMember } from '#domain/roster.ts';
import { correctedNow } from '#lib/clock.ts';
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

/** What the desk is asked of its people's phones, and the verbs that answer. */
export function useQuestions(desk: Desk) {
  const ledger = useLedger();
  const clock = useClock();
  const failed = ref(false);
  const held = useLiveLater(() => desk.value !== null, readHeld, null);
  const answered = useLive(() => ledger.kept<string[]>(ANSWERED), null);

  async function readHeld() {
    const person = await ledger.current();
    const grants = person?.grants ?? [];
    const scopes = new Set(grants.filter(({ role }) => isDesk(role)).map(({ scope }) => scope));
    const queries = [...scopes].flatMap((scope) =>
      [...DEVICE_KINDS, REJOIN_KIND].map((kind) => ledger.records({ kind, scope })),
    );
    const rows = (await Promise.all(queries)).flat();
    const now = correctedNow(clock, person?.offset ?? null);
    return { rows, now, reader: person?.person ?? '' };
  }

  function questionsIn(scope: string, roster: readonly RosterMember[]): Question[] {
    if (!held.value) return [];
    const { rows, now, reader } = held.value;
    const plain = new Set(roster.filter(({ role }) => role === null).map(({ person }) => person));
    const isPlain = (person: string) => plain.has(person);
    const asking = { now, reader, isPlain, answered: new Set(answered.value ?? []) };
    return foldQuestions(
      rows.filter((row) => row.scope === scope),
      asking,
    );
  }

  /** It is settled on this phone, and asked no more here. */
  async function settle(question: Question): Promise<void> {
    const id = question.is === 'joined' ? question.device : question.request;
    await ledger.keep(ANSWERED, [...(answered.value ?? []), id]);
  }

  async function write(drafts: readonly { kind: string; body: object }[], of: Of): Promise<string> {
    const { scope, person: subject } = of;
    const written = await ledger.writeAll(drafts.map((one) => ({ ...one, scope, subject })));
    failed.value = !written.ok;
    return written.ok ? (written.value[0]?.id ?? '') : '';
  }

  /** Ends these phones of the person; the first record's id, '' where nothing was saved. */
  const end = (of: Of, devices: readonly string[]) =>
    write(
      devices.map((device) => ({ kind: REVOCATION_KIND, body: { device } })),
      of,
    );
  /** Lets the phone in that asks; the earlier ones end with it. */
  const admit = (of: Extract<Question, { is: 'rejoin' }>) =>
    write([{ kind: ADMISSION_KIND, body: { device: of.device, request: of.request } }], of);

  /** The person's phones that are theirs now. */
  function devicesOf(person: string): string[] {
    const rows = (held.value?.rows ?? []).filter(({ subject }) => subject === person);
    return foldDevices(rows).flatMap(({ device, ended }) => (ended ? [] : [device]));
  }

  const stateOf = (record: string) =>
    held.value?.rows.find(({ id }) => id === record)?.state ?? 'saved';

  return {
    questions: computed(() =>
      (desk.value?.rosters ?? []).flatMap(({ scope, roster }) => questionsIn(scope, roster)),
    ),
    failed,
    devicesOf,
    stateOf,
    settle: oneAtATime(settle),
    end,
    admit,
  };
}

/** Whose phone it is, and in which branch that is written. */
export interface Of {
  scope: string;
  person: string;
}
