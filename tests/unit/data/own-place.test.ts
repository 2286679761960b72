import { expect, it } from 'vitest';
import type { Role } from '#domain/roles.ts';
import { ownPlace } from '#data/own-place.ts';

const place = { hans: '石桥村党支部' };
const there = { hans: '临江村党支部' };
const of = (...grants: [string, Role][]) => ({
  place,
  grants: grants.map(([scope, role]) => ({ scope, role })),
});

it('a person’s place is what the own branch calls itself, else what joining told', () => {
  expect(ownPlace(of(['a', 'member']), new Map([['a', there]]))).toEqual(there);
  expect(ownPlace(of(['a', 'member']))).toEqual(place);
  expect(ownPlace(of(['county', 'administrator']))).toEqual(place);
});

it('and never a branch that they left, or that they only report to', () => {
  const moved = of(['a', 'left'], ['b', 'member']);
  expect(ownPlace(moved)).toEqual({});
  expect(ownPlace(moved, new Map([['b', there]]))).toEqual(there);
  expect(ownPlace(of(['a', 'left']), new Map([['b', there]]))).toEqual({});
  expect(ownPlace(of(['b', 'second'], ['a', 'member']), new Map([['b', there]]))).toEqual(place);
  expect(ownPlace(of())).toEqual({});
});
