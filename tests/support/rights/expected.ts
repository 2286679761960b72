/**
 * Who may write and read what, by hand from PRODUCT.md ("Who sees what"), ARCHITECTURE.md ("Records")
 * and ADR 11, for the matrix to hold the code against. Nothing here comes from src/domain; a change of
 * a right is a change here too.
 */
import type { Someone } from './people.ts';

/** About whom: anybody, oneself alone, anybody else, or nobody may. */
type About = 'all' | 'me' | 'others' | '-';

interface Row {
  /** In their own branch. */
  member: About;
  committee: About;
  secretary: About;
  /** In the county's own scope. */
  reviewer: About;
  administrator: About;
  /** By an administrator in a branch. */
  above: About;
  /** After the role: it waits for a person, or it is refused. */
  late: 'waits' | 'refused';
  /** Whether it names somebody. */
  named: boolean;
}

const row = (columns: string, named: 'named' | 'unnamed', late: Row['late']): Row => {
  const [member, committee, secretary, reviewer, administrator, above] = columns.split(' ') as [
    About,
    ...About[],
  ];
  return {
    member,
    committee,
    secretary,
    reviewer,
    administrator,
    above,
    late,
    named: named === 'named',
  } as Row;
};

/** Columns: member, committee, secretary | reviewer, administrator | administrator in a branch. */
const WRITES: Record<string, Row> = {
  consent: row('me me me me me -', 'named', 'waits'),
  member: row('- all all - - -', 'named', 'waits'),
  standing: row('- all all - - -', 'named', 'waits'),
  'check-in': row('- all all - - -', 'named', 'waits'),
  activity: row('- all all - - -', 'unnamed', 'waits'),
  'activity-change': row('- all all - - -', 'unnamed', 'waits'),
  absence: row('me me me me me -', 'named', 'waits'),
  proof: row('me me me me me -', 'named', 'waits'),
  objection: row('me me me me me -', 'named', 'waits'),
  exclusion: row('- all all - - -', 'named', 'waits'),
  'paper-count': row('- all all - - -', 'unnamed', 'waits'),
  'paper-people': row('- all all - - -', 'unnamed', 'waits'),
  closing: row('- all all - - -', 'unnamed', 'waits'),
  reopening: row('- all all - - -', 'unnamed', 'waits'),
  looked: row('- all all - - -', 'unnamed', 'waits'),
  shown: row('- all all - - -', 'unnamed', 'waits'),
  card: row('- all all - - -', 'named', 'waits'),
  notice: row('- all all - - -', 'unnamed', 'waits'),
  form: row('- all all - - -', 'unnamed', 'waits'),
  'own-rules': row('- all all - - -', 'unnamed', 'waits'),
  'attended-elsewhere': row('me me me me me -', 'named', 'waits'),
  'contact-person': row('- all all - - -', 'named', 'waits'),
  // The contact person of themselves; the secretary of whoever it is; nobody else of the committee.
  contact: row('me me all me me -', 'named', 'waits'),
  request: row('me me me me me -', 'named', 'waits'),
  answer: row('- all all - - -', 'named', 'waits'),
  export: row('- all all - - -', 'unnamed', 'waits'),
  transfer: row('- - all - - -', 'named', 'refused'),
  // Nobody is let in whose own phone did not say so: tests/server/second.test.ts has those who are.
  second: row('- - - - - -', 'named', 'refused'),
  'second,out': row('me all all me me -', 'named', 'refused'),
  invitation: row('- all all - - all', 'named', 'refused'),
  // A secretary comes by the county's invitation.
  'invitation,secretary': row('- - - - - all', 'named', 'refused'),
  // Of whoever holds nothing here a desk ends no phone; of its own people: tests/server/revocation.
  revocation: row('me me me me me me', 'named', 'refused'),
  // Nobody of a committee lets in a phone of their own.
  admission: row('- others all - - -', 'named', 'refused'),
  'rejoin-request': row('- - - - - -', 'named', 'refused'),
  // To the county alone, and by anybody (below).
  complaint: row('- - - - - -', 'named', 'refused'),
  'objection-above': row('- - - - - -', 'named', 'refused'),
  'complaint-answer': row('- - - - all -', 'unnamed', 'refused'),
  retention: row('- - - - all -', 'unnamed', 'refused'),
  erasure: row('- all all - - -', 'unnamed', 'refused'),
  decision: row('- all all - - -', 'unnamed', 'refused'),
  branch: row('- - - - all -', 'unnamed', 'refused'),
  role: row('- - all - - all', 'named', 'refused'),
  'role,end': row('- - all - - all', 'named', 'refused'),
  // The server's own.
  'complaint-told': row('- - - - - -', 'named', 'refused'),
  // Of whoever has a role in the branch: tests/server/phones-lost.
  'phones-lost': row('- - - - - -', 'named', 'refused'),
  'taken-over': row('- - - - - -', 'named', 'refused'),
  'attended-checked': row('- - - - - -', 'named', 'refused'),
  keeping: row('- - - - - -', 'unnamed', 'refused'),
  office: row('- - - - - -', 'named', 'refused'),
  about: row('- - - - - -', 'unnamed', 'refused'),
  'presence-key': row('- - - - - -', 'unnamed', 'refused'),
  // Never in the clear: as `self` alone, in the own scope.
  study: row('- - - - - -', 'unnamed', 'refused'),
  'older-key': row('- - - - - -', 'unnamed', 'refused'),
  'own-device': row('- - - - - -', 'unnamed', 'refused'),
};

export const PLACES = [
  'own branch',
  'foreign branch',
  'county',
  'own scope',
  'foreign scope',
  'nowhere',
] as const;
export type Place = (typeof PLACES)[number];
export const ABOUTS = ['nobody', 'me', 'a colleague', 'a stranger'] as const;
export type Person = (typeof ABOUTS)[number];

export type Fate = 'stored' | 'waits' | 'refused';

/** What becomes of a record of this form that this person sends. */
export function fateOf(form: string, by: Someone, place: Place, about: Person): Fate {
  if (form === 'self') return place === 'own scope' ? 'stored' : 'refused';
  if (form === 'complaint' || form === 'objection-above')
    return place === 'county' && about === 'me' ? 'stored' : 'refused';
  const rights = WRITES[form];
  if (!rights) throw new Error(`nobody has said who writes ${form}`);
  if (rights.named && about === 'nobody') return 'refused';
  const reaches = (column: About) =>
    column === 'all' || (column !== '-' && (column === 'me') === (about === 'me'));
  const held = by.role && reaches(columnOf(rights, by, place));
  if (held && by.when === 'during') return 'stored';
  // The membership beside a desk role goes on.
  if (by.role && !by.ofCounty && !isPlain(by.role) && place === 'own branch')
    if (reaches(rights.member)) return 'stored';
  return held && by.when === 'after' && place !== 'foreign branch' ? rights.late : 'refused';
}

/** One of the branch, or one who reports to it: no desk. */
const isPlain = (role: Someone['role']) => role === 'member' || role === 'second';

function columnOf(rights: Row, { role, ofCounty }: Someone, place: Place): About {
  if (!role) return '-';
  // A second membership writes what a membership does.
  const column = rights[role === 'second' ? 'member' : role];
  if (!ofCounty) return place === 'own branch' ? column : '-';
  if (place === 'county') return column;
  const inBranch = place === 'own branch' || place === 'foreign branch';
  return inBranch && role === 'administrator' ? rights.above : '-';
}

/** Who reads a kind where it lies: those it is about, every member, the desk, its secretary alone, the administrators. */
const READS: Record<string, Partial<Record<Reader, true>>> = {
  consent: { subject: true, desk: true },
  member: { subject: true, desk: true },
  standing: { subject: true, desk: true },
  'check-in': { subject: true, desk: true },
  absence: { subject: true, desk: true },
  proof: { subject: true, desk: true },
  objection: { subject: true, desk: true },
  exclusion: { subject: true, desk: true },
  'paper-count': { desk: true },
  'paper-people': { desk: true },
  closing: { desk: true },
  reopening: { desk: true },
  looked: { desk: true },
  shown: { desk: true },
  card: { desk: true },
  form: { desk: true },
  notice: { members: true },
  'own-rules': { members: true },
  'attended-elsewhere': { subject: true, desk: true },
  'attended-checked': { subject: true, desk: true },
  'contact-person': { subject: true, desk: true },
  // Not the committee, and not the member whom it is about (PRODUCT.md, domain rules).
  contact: { subject: true, secretary: true },
  'activity-change': { members: true },
  'objection-above': { county: true },
  request: { subject: true, desk: true },
  answer: { subject: true, desk: true },
  revocation: { subject: true, desk: true },
  admission: { subject: true, desk: true },
  'phones-lost': { subject: true, desk: true },
  transfer: { subject: true, desk: true },
  second: { subject: true, desk: true },
  'rejoin-request': { desk: true },
  'taken-over': { desk: true },
  complaint: { county: true },
  'complaint-answer': { county: true },
  role: { subject: true, desk: true },
  invitation: { desk: true },
  'presence-key': { desk: true },
  activity: { members: true },
  export: { members: true },
  erasure: { members: true },
  decision: { members: true },
  about: { members: true },
  keeping: { members: true },
  branch: { county: true },
  office: { county: true },
  retention: { county: true },
  // By whoever it was told to, in their own scope (tests/server/complaints).
  'complaint-told': {},
};

type Reader = 'subject' | 'members' | 'desk' | 'secretary' | 'county';

export interface Stored {
  id: string;
  kind: string;
  scope: string;
  subject: string | null;
}

/** Whether this person's device gets the row. */
export function mayRead(by: Someone, row: Stored, county: string): boolean {
  if (row.kind === 'self') return row.scope === `person:${by.person}`;
  const readers = READS[row.kind];
  if (!readers) throw new Error(`nobody has said who reads ${row.kind}`);
  const holds = by.role !== null && by.when === 'during';
  if (by.ofCounty)
    return holds && by.role === 'administrator' && row.scope === county && !!readers.county;
  if (row.scope !== by.home || by.role === null) return false;
  const isDesk = holds && !isPlain(by.role);
  const isMember = !isPlain(by.role) || holds;
  // Of a branch that was left the own rows stay readable to whoever they are about (ADR 14).
  if (by.when === 'after' && readers.subject && row.subject === by.person) return true;
  return (
    (isDesk && !!readers.desk) ||
    (holds && by.role === 'secretary' && !!readers.secretary) ||
    (isMember && (!!readers.members || (!!readers.subject && row.subject === by.person)))
  );
}
