import type { MemberBody } from '#domain/bodies/people.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { newCard } from '#domain/qr-codes.ts';
import type { RosterMember } from '#domain/roster.ts';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import { typedLine, typedName } from '#lib/typed-text.ts';
import type { PastedName } from './parse-names.ts';

/** One who has a namesake on the roster or earlier in the list. A person decides. */
export interface Namesake extends PastedName {
  /** Place in the pasted list; what a decision is kept under. */
  at: number;
  /** The other's group, null where none is known. */
  otherGroup: string | null;
}

/** `same`: the same person, not added again. `other`: another of that name, in the typed group. */
export interface Decision {
  is: 'same' | 'other';
  group: string;
}

/** Which pasted names would be added as things stand, and which have namesakes. */
export function planRoster(
  pasted: readonly PastedName[],
  roster: readonly RosterMember[],
  decisions: Readonly<Record<number, Decision>>,
): { adding: PastedName[]; namesakes: Namesake[] } {
  const known = roster.flatMap(({ names, group }) =>
    [names.hans, names.hant].map((name) => ({ name: typedName(name ?? ''), group })),
  );
  const adding: PastedName[] = [];
  const namesakes: Namesake[] = [];
  pasted.forEach((one, at) => {
    const others = known.filter(({ name }) => name === one.name);
    known.push(one);
    if (others.every(({ group }) => group && one.group && group !== one.group))
      return void adding.push(one);
    namesakes.push({ ...one, at, otherGroup: others[0]?.group ?? null });
    const decision = decisions[at];
    if (decision?.is === 'other' && isDecided(decision))
      adding.push({ ...one, group: typedLine(decision.group) });
  });
  return { adding, namesakes };
}

/** Whether somebody has said who it is, and for another person in which group. */
export function isDecided(decision: Decision | undefined): boolean {
  return decision !== undefined && (decision.is === 'same' || typedLine(decision.group) !== '');
}

/** A name in the script in which it was typed; never converted. */
export function namesIn(script: 'hans' | 'hant', name: string): Names {
  return script === 'hans' ? { hans: name } : { hant: name };
}

/** Names that came in a code of another desk, as they would be if they were typed here. */
export function namesAsTyped(names: Names): Names {
  const [hans, hant] = [names.hans, names.hant].map((name) => typedName(name ?? ''));
  return hans || hant ? { ...(hans && { hans }), ...(hant && { hant }) } : names;
}

/** The `member` records that put these names on a branch's roster, in the pasted order. */
export function memberDrafts(
  added: readonly PastedName[],
  deps: { scope: string; script: 'hans' | 'hant'; ids: Ids; random: Random },
): { kind: 'member'; scope: string; subject: string; body: MemberBody }[] {
  return added.map(({ name, group }) => ({
    kind: 'member',
    scope: deps.scope,
    subject: deps.ids.next(),
    body: {
      names: namesIn(deps.script, name),
      card: newCard(deps.random),
      ...(group ? { group } : {}),
    },
  }));
}
