/** A county on paper, the same for the same seed: branches of every size, people, roles, states. */
import type { RoleBody } from '#domain/bodies/organisation.ts';
import type { MemberState } from '#domain/bodies/people.ts';
import type { Names } from '#domain/bodies/shared.ts';
import { createSeededRandom } from '#tests/support/seeded-random.ts';
import type { Chance } from './choose.ts';
import { inventName } from './people-names.ts';
import { inventPlaces } from './place-names.ts';

export interface CountyPlan {
  branches: { names: Names; township: Names; people: PlannedPerson[] }[];
}

export interface PlannedPerson {
  names: Names;
  group: string;
  role: RoleBody['role'] | null;
  state: MemberState;
  isProbationary: boolean;
}

/** The first branch has as many as the limit names, where the county has so many. */
export const LARGEST_BRANCH = 200;
/** Nobody keeps a branch of fewer than three. */
const SMALLEST_BRANCH = 3;
/** Committee members beside the secretary, where there are people enough. */
const COMMITTEE = 2;
const GROUPS = ['一组', '二组', '三组', '四组', '五组', '六组'];
/** A group has about so many. */
const A_GROUP = 15;
const MIGRANT = 0.28;
const EXCUSED = 0.06;
const PROBATIONARY = 0.03;

/** `members` people in `branches` branches. */
export function planCounty(size: { branches: number; members: number; seed: number }): CountyPlan {
  const chance = createSeededRandom(size.seed);
  const places = inventPlaces(size.branches, chance);
  const counts = branchSizes(size, chance);
  return {
    branches: places.map((place, at) => ({ ...place, people: people(counts[at] ?? 0, chance) })),
  };
}

/** Sizes that add up, between a handful and the largest. */
function branchSizes({ branches, members }: { branches: number; members: number }, chance: Chance) {
  const largest = Math.min(LARGEST_BRANCH, members - SMALLEST_BRANCH * (branches - 1));
  const weights = Array.from({ length: branches - 1 }, () => 0.3 + chance() * 1.4);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const rest = members - largest - SMALLEST_BRANCH * (branches - 1);
  const sizes = weights.map((weight) => SMALLEST_BRANCH + Math.floor((rest * weight) / whole));
  const left = members - largest - sizes.reduce((sum, size) => sum + size, 0);
  return [largest, ...sizes.map((size, at) => size + (at < left ? 1 : 0))];
}

function people(count: number, chance: Chance): PlannedPerson[] {
  const groups = GROUPS.slice(0, Math.max(1, Math.round(count / A_GROUP)));
  return Array.from({ length: count }, (_, at) => {
    const role = at === 0 ? 'secretary' : at <= COMMITTEE ? 'committee' : null;
    return {
      names: inventName(chance),
      group: groups[Math.floor((at * groups.length) / count)] ?? '',
      role,
      state: role ? 'listed' : stateOf(chance()),
      isProbationary: !role && chance() < PROBATIONARY,
    };
  });
}

function stateOf(lot: number): MemberState {
  if (lot < MIGRANT) return 'migrant';
  return lot < MIGRANT + EXCUSED ? 'excused' : 'listed';
}
