/** What people of a schedule write, as the screens would write it: a roll looks at what the phone holds. */
import type { DraftRecord, Ledger } from '#data/ledger/ledger.ts';
import { CHECK_IN_STATES } from '#domain/bodies/attendance.ts';
import { inOrder } from '#domain/fold.ts';
import { checkInFor, foldRoll } from '#domain/roll.ts';
import type { Branch } from './branch.ts';
import type { Step } from './steps.ts';

export type Draft = DraftRecord & { id: string; subject: string | null };

type Writing = Pick<Extract<Step, { do: 'write' }>, 'draft' | 'count' | 'about' | 'choice'>;

/** The drafts of one step; a tap that changes nothing makes none. */
export async function draftsOf(
  { draft, count, about, choice }: Writing,
  { scope, admissions }: Pick<Branch, 'scope' | 'admissions'>,
  ledger: Ledger,
  nextId: () => string,
): Promise<Draft[]> {
  const subjects = Array.from(
    { length: count },
    (_, i) => admissions[(about + i) % admissions.length]?.person ?? '',
  );
  const ids = subjects.map(nextId);
  const whole = (i: number, rest: DraftRecord): Draft => ({ subject: null, ...rest, id: ids[i]! });
  if (draft === 'study')
    return ids.map((_, i) =>
      whole(i, {
        kind: 'study',
        body: { day: '2026-03-01', minutes: 10 + choice + i, how: 'app' },
      }),
    );
  if (draft === 'activity')
    return ids.map((_, i) =>
      whole(i, {
        kind: 'activity',
        scope,
        body: { type: 'other', title: `会${i}`, starts: choice },
      }),
    );
  if (draft === 'member')
    return subjects.map((subject, i) =>
      whole(i, { kind: 'member', scope, subject, body: memberOf(choice, ids[i]!) }),
    );
  const roll = await rollOf(ledger, scope, choice, nextId);
  return subjects.flatMap((subject, i) => {
    const body = checkInFor(roll.activity, roll.entries.get(subject), stateOf(choice), 'tap');
    return body ? [whole(i, { kind: 'check-in', scope, subject, body })] : [];
  });
}

const stateOf = (choice: number) => CHECK_IN_STATES[choice % CHECK_IN_STATES.length] ?? 'none';

const GROUPS = ['第一组', '第二组'] as const;

function memberOf(choice: number, id: string) {
  const group = GROUPS[choice % 3];
  const card = id.replaceAll('-', '').toUpperCase().slice(-16);
  return { names: { hans: `黄国强${choice}` }, card, ...(group ? { group } : {}) };
}

/** One of the last two activities that this phone knows of, or one that it does not know. */
async function rollOf(ledger: Ledger, scope: string, choice: number, nextId: () => string) {
  const held = (await ledger.records({ scope })).filter(({ state }) => state !== 'refused');
  const known = inOrder(held.filter(({ kind }) => kind === 'activity')).slice(-2);
  const activity = known[Math.floor(choice / CHECK_IN_STATES.length)]?.id ?? nextId();
  return { activity, entries: foldRoll(activity, held) };
}
