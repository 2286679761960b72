import type { MemberBody } from '#domain/bodies/people.ts';
import type { Names } from '#domain/bodies/shared.ts';
import type { RosterMember } from '#domain/roster.ts';
import { toBase32 } from '#lib/base32.ts';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import type { PastedName } from './parse-names.ts';

/** 80 bits, 16 characters of base32: nobody meets another's card by chance. */
const CARD_BYTES = 10;

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

/** Which pasted names are plainly new, and which need a decision. */
export function findNamesakes(
  pasted: readonly PastedName[],
  roster: readonly RosterMember[],
): { fresh: PastedName[]; namesakes: Namesake[] } {
  const known = roster.flatMap(({ names, group }) =>
    [names.hans, names.hant].map((name) => ({ name, group })),
  );
  const fresh: PastedName[] = [];
  const namesakes: Namesake[] = [];
  pasted.forEach((one, at) => {
    const others = known.filter(({ name }) => name === one.name);
    const apart = others.every(({ group }) => group && one.group && group !== one.group);
    if (apart) fresh.push(one);
    else namesakes.push({ ...one, at, otherGroup: others[0]?.group ?? null });
    known.push({ name: one.name, group: one.group });
  });
  return { fresh, namesakes };
}

/** The namesakes that were decided to be other people, in their groups. */
export function addedNamesakes(
  namesakes: readonly Namesake[],
  decisions: Readonly<Record<number, Decision>>,
): PastedName[] {
  return namesakes
    .filter(({ at }) => decisions[at]?.is === 'other')
    .map((one) => ({ ...one, group: decisions[one.at]?.group.trim() || one.group }));
}

/** A name in the script in which it was typed; never converted. */
export function namesIn(script: 'hans' | 'hant', name: string): Names {
  return script === 'hans' ? { hans: name } : { hant: name };
}

/** A new card for the roster. */
export function newCard(random: Random): string {
  return toBase32(random.bytes(CARD_BYTES));
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
