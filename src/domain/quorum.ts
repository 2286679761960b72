/**
 * Whether enough are there to decide something. Each rule is data with a version and its source; the
 * county confirms them. A screen says 「可以表決」 and never that a meeting was valid: that is for people
 * to say.
 *
 * Who counts: 正式黨員 who should come (activity-types.ts), and whoever is 可不到會 and came all the same:
 * they vote, so they stand on both sides. Of whom nobody has said 正式 or 預備 is taken as 正式. Those on
 * paper alone are members like the rest and count by number. Never: guests and second memberships (they
 * are on no roster here); a line that two desks disagree about, until a person decides; a line whose name
 * was erased, on neither side: nobody can say any more whether that was somebody with a vote.
 * 可不到會 said of this one meeting in the roll lowers no number: only a dated standing does, or a
 * decision with whoever approved it.
 */
import type { Quorum } from './bodies/attendance.ts';
import type { Paper } from './paper.ts';
import type { RollEntry } from './roll.ts';
import type { RosterMember } from './roster.ts';

export interface QuorumRule {
  version: number;
  /** The regulation and its article. */
  source: string;
  /** Of those who should come and may vote, so many must be there: numerator and denominator. */
  share: readonly [number, number];
  /** Whether 線上 is there. No rule says so; a county may. */
  onlineCounts: boolean;
}

export type QuorumRules = Readonly<Record<Exclude<Quorum, 'none'>, QuorumRule>>;

export const QUORUM_RULES: QuorumRules = {
  // 半數以上有表決權的黨員到會方可進行，贊成人數超過應到會有表決權的黨員的半數為通過; art. 12 asks half of a committee.
  vote: {
    ...{ version: 1, source: '支部工作条例（2018）第十一条、第十二条' },
    ...{ share: [1, 2], onlineCounts: false },
  },
  // 有選舉權的到會人數不少於應到會人數的五分之四; art. 5 says who has no vote.
  election: {
    ...{ version: 1, source: '基层组织选举工作条例（2020）第五条、第四章' },
    ...{ share: [4, 5], onlineCounts: false },
  },
};

/** What the rule makes of those who are there. */
export interface QuorumState {
  rule: Exclude<Quorum, 'none'>;
  /** Who should come and may vote. */
  mayVote: number;
  /** How many of them are there. */
  there: number;
  needed: number;
  /** So many more make it possible; 0 where it is. */
  short: number;
  met: boolean;
  /** More than half of those who should come and may vote: so many carry what is put to the vote. */
  carries: number;
}

/** The state of a decision, or null where nothing is to be decided or nobody has a vote. */
export function judgeQuorum(
  quorum: Quorum,
  who: {
    /** Whose names are called and whom no decision takes out. */
    members: readonly Pick<RosterMember, 'person' | 'membership' | 'state'>[];
    roll: ReadonlyMap<string, Pick<RollEntry, 'state' | 'toConfirm'>>;
    paper?: Paper;
  },
  rules: QuorumRules = QUORUM_RULES,
): QuorumState | null {
  if (quorum === 'none') return null;
  const { share, onlineCounts } = rules[quorum];
  const { people, here } = who.paper ?? { people: 0, here: 0 };
  const isThere = ({ person }: { person: string }) => {
    const line = who.roll.get(person);
    if (!line || line.toConfirm) return false;
    return line.state === 'present' || (onlineCounts && line.state === 'online');
  };
  const voters = who.members.filter(
    (one) => one.membership !== 'probationary' && (one.state !== 'excused' || isThere(one)),
  );
  const mayVote = voters.length + people;
  if (mayVote === 0) return null;
  const there = voters.filter(isThere).length + Math.min(here, people);
  const needed = Math.ceil((mayVote * share[0]) / share[1]);
  const short = Math.max(0, needed - there);
  const carries = Math.floor(mayVote / 2) + 1;
  return { rule: quorum, mayVote, there, needed, short, met: short === 0, carries };
}
