import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { memberBody } from '#domain/bodies/people.ts';
import type { RosterMember } from '#domain/roster.ts';
import { NO_STANDING } from '#domain/standing.ts';
import { parseNames } from '#features/desk/parse-names.ts';
import { memberDrafts, planRoster, type Decision } from '#features/desk/plan-roster.ts';

const held = (name: string, group: string | null): RosterMember => ({
  person: `p-${name}`,
  names: { hans: name },
  group,
  card: '0000000000000000',
  role: null,
  roleSince: null,
  byName: null,
  namesake: false,
  ...NO_STANDING,
});

function plan(text: string, roster: RosterMember[], decisions: Record<number, Decision> = {}) {
  const { adding, namesakes } = planRoster(parseNames(text).good, roster, decisions);
  return {
    adding: adding.map(({ name, group }) => [name, group]),
    asked: namesakes.map(({ name }) => name),
  };
}

describe('the plan of a pasted list', () => {
  it('adds everybody who has no namesake', () => {
    expect(plan('黄国强 一组\n李秀英', [])).toEqual({
      adding: [
        ['黄国强', '一组'],
        ['李秀英', null],
      ],
      asked: [],
    });
  });

  it('asks about a name that is on the roster already', () => {
    expect(plan('黄国强', [held('黄国强', '一组')])).toEqual({ adding: [], asked: ['黄国强'] });
  });

  it('asks about the second of two equal names in one list', () => {
    const { adding, asked } = plan('黄国强\n黄国强', []);
    expect([adding.length, asked.length]).toEqual([1, 1]);
  });

  it('takes different groups as different people', () => {
    expect(plan('黄国强 二组', [held('黄国强', '一组')]).adding).toEqual([['黄国强', '二组']]);
  });

  it('adds a namesake once it is said that it is another person, and in which group', () => {
    const roster = [held('黄国强', '一组')];
    expect(plan('黄国强', roster, { 0: { is: 'other', group: ' ' } }).adding).toEqual([]);
    expect(plan('黄国强', roster, { 0: { is: 'other', group: '二组' } }).adding).toEqual([
      ['黄国强', '二组'],
    ]);
    expect(plan('黄国强', roster, { 0: { is: 'same', group: '' } }).adding).toEqual([]);
  });

  it('writes names in the script they were typed in, each with a card of its own', () => {
    let next = 0;
    const drafts = memberDrafts(parseNames('黃國強 一組\n李秀英').good, {
      scope: 'b',
      script: 'hant',
      ids: { next: () => `id-${(next += 1)}` },
      random: { bytes: (length) => new Uint8Array(length).fill((next += 1)) },
    });
    expect(drafts.map(({ body }) => body.names)).toEqual([{ hant: '黃國強' }, { hant: '李秀英' }]);
    expect(new Set(drafts.map(({ body }) => body.card)).size).toBe(2);
    expect(drafts.every(({ body }) => v.safeParse(memberBody, body).success)).toBe(true);
  });
});
