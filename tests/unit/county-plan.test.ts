import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { branchBody } from '#domain/bodies/organisation.ts';
import { names } from '#domain/bodies/shared.ts';
import { planCounty } from '#tests/county/plan-county.ts';

const size = { branches: 300, members: 20_000, seed: 1 };

describe('the county that is simulated', () => {
  it('has as many branches, townships and people as the limits name, one branch of 200', () => {
    const { branches } = planCounty(size);
    expect(branches).toHaveLength(300);
    expect(new Set(branches.map(({ names }) => names.hans))).toHaveProperty('size', 300);
    expect(new Set(branches.map(({ township }) => township.hans))).toHaveProperty('size', 20);
    const counts = branches.map(({ people }) => people.length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20_000);
    expect(Math.max(...counts)).toBe(200);
  });

  it('is the same for the same seed and another for another', () => {
    const small = { branches: 5, members: 60, seed: 7 };
    expect(planCounty(small)).toEqual(planCounty(small));
    expect(planCounty({ ...small, seed: 8 })).not.toEqual(planCounty(small));
  });

  it('holds compound surnames, dotted names and rare characters, all fit for a record', () => {
    const { branches } = planCounty(size);
    const people = branches.flatMap((branch) => branch.people);
    const all = people.map((person) => person.names.hans ?? '').join(' ');
    for (const part of ['欧阳', '·', '𬱖']) expect(all).toContain(part);
    expect(people.filter((person) => !safeParse(names, person.names).success)).toEqual([]);
    const branch = '0190c3c4-0000-7000-8000-000000000000';
    const bodies = branches.map(({ names, township }) => ({ branch, names, township }));
    expect(bodies.filter((body) => !safeParse(branchBody, body).success)).toEqual([]);
  });
});
