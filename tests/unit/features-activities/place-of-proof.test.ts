import { expect, it } from 'vitest';
import type { ProofBody } from '#domain/bodies/proof.ts';
import { civilTime } from '#domain/civil-day.ts';
import type { Grant } from '#domain/roles.ts';
import { placeOfProof } from '#features/activities/place-of-proof.ts';

const TODAY = '2026-11-23';
const MEETINGS = [
  { id: 'home-meeting', scope: 'home', starts: civilTime(TODAY, 1_170) },
  { id: 'host-meeting', scope: 'host', starts: civilTime(TODAY, 1_170) },
  { id: 'left-meeting', scope: 'left', starts: civilTime('2026-11-01', 1_170) },
];
const HOME: Grant = { scope: 'home', role: 'member' };
const HOST: Grant = { scope: 'host', role: 'second' };
const LEFT: Grant = { scope: 'left', role: 'left' };
const scan = (activity: string) => ({ way: 'code', activity }) as ProofBody;
const DIGITS: ProofBody = { way: 'digits', digits: '123456' };

it.each([
  ['a scan in the meeting’s branch', scan('host-meeting'), [HOME, HOST], 'host'],
  ['a scan of an unknown meeting in the only branch', scan('unknown'), [HOME, LEFT], 'home'],
  ['digits in the only branch', DIGITS, [HOME], 'home'],
])('puts %s', (_, body, grants, scope) => {
  const known = { grants, activities: MEETINGS, today: TODAY };
  expect(placeOfProof(body, known)).toEqual({ is: 'branch', scope });
});

it('digits of somebody in two branches are of the one that meets today', () => {
  const known = { grants: [HOME, HOST], activities: MEETINGS.slice(1), today: TODAY };
  expect(placeOfProof(DIGITS, known)).toEqual({ is: 'branch', scope: 'host' });
});

it.each([
  ['both meet today', DIGITS, MEETINGS],
  ['nothing is known of either', DIGITS, []],
  ['the scanned meeting is unknown', scan('unknown'), MEETINGS],
])('asks which branch it was where %s', (_, body, activities) => {
  const known = { grants: [HOME, HOST], activities, today: TODAY };
  expect(placeOfProof(body, known)).toEqual({ is: 'choose', scopes: ['home', 'host'] });
});

it.each([
  ['of a branch that was left', scan('left-meeting'), [HOME, LEFT]],
  ['by somebody in no branch', DIGITS, [{ scope: 'county', role: 'administrator' } as Grant]],
  ['by somebody who has not joined', scan('home-meeting'), []],
])('keeps nothing %s', (_, body, grants) => {
  const known = { grants, activities: MEETINGS, today: TODAY };
  expect(placeOfProof(body, known)).toEqual({ is: 'elsewhere' });
});
