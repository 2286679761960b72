import { describe, expect, it } from 'vitest';
import { handsOver, roleChangesOf, roleFormOf, type RoleForm } from '#features/desk/role-form.ts';
import type { RosterMember } from '#domain/roster.ts';

const TODAY = '2026-03-05';
const SINCE = '2024-01-01';

function person(id: string, role: RosterMember['role'] = null): RosterMember {
  const standing = { membership: null, state: 'listed', since: null, contact: null } as const;
  const held = { role, roleSince: role && SINCE };
  const names = { names: { hans: id }, group: null, byName: null, namesake: false, card: 'C' };
  return { person: id, ...standing, ...names, ...held };
}

const self = person('self', 'secretary');
const ask = (
  member: RosterMember,
  form: Partial<RoleForm>,
  others: RosterMember[] = [],
  hasJoined = true,
) =>
  roleChangesOf(
    { ...roleFormOf(member, TODAY), ...form },
    { member, self, roster: [self, member, ...others], hasJoined },
    TODAY,
  );
const told = (result: ReturnType<typeof ask>) =>
  result.ok
    ? result.value.map(({ subject, body }) => [subject, body.role, body.from, body.to])
    : result.error;

describe('what the secretary chooses of a role', () => {
  it('hands over: the new one begins, the own one ends, in this order', () => {
    const member = person('m');
    expect(handsOver({ ...roleFormOf(member, TODAY), role: 'secretary' }, member, self)).toBe(true);
    expect(told(ask(member, { role: 'secretary' }))).toBe('own');
    expect(told(ask(member, { role: 'secretary', own: 'ends' }))).toEqual([
      ['m', 'secretary', TODAY, undefined],
      ['self', 'secretary', SINCE, TODAY],
    ]);
    expect(told(ask(member, { role: 'secretary', own: 'stays' }))).toEqual([
      ['m', 'secretary', TODAY, undefined],
    ]);
  });

  it('hands over to nobody who has no phone of their own; the committee needs none', () => {
    const handover = { role: 'secretary', own: 'ends' } as const;
    expect(told(ask(person('m'), handover, [], false))).toBe('not-joined');
    expect(told(ask(person('m'), { role: 'committee' }, [], false))).toHaveLength(1);
  });

  it('moves somebody of the committee up: one role begins, the other ends', () => {
    expect(told(ask(person('c', 'committee'), { role: 'secretary', own: 'ends' }))).toEqual([
      ['c', 'secretary', TODAY, undefined],
      ['c', 'committee', SINCE, TODAY],
      ['self', 'secretary', SINCE, TODAY],
    ]);
  });

  it('writes nothing where nothing changes', () => {
    expect(told(ask(person('m'), {}))).toEqual([]);
    expect(told(ask(person('c', 'committee'), {}))).toEqual([]);
  });

  it('leaves no branch without a secretary', () => {
    const alone = roleChangesOf(
      { role: 'none', from: TODAY, own: '' },
      { member: self, self, roster: [self], hasJoined: true },
      TODAY,
    );
    expect(told(alone)).toBe('last-secretary');
    const two = { member: self, self, roster: [self, person('o', 'secretary')], hasJoined: true };
    expect(told(roleChangesOf({ role: 'none', from: TODAY, own: '' }, two, TODAY))).toEqual([
      ['self', 'secretary', SINCE, TODAY],
    ]);
  });

  it('takes no day to come, no day before the role began, and nothing that is no day', () => {
    const wrong = ['2026-03-06', '', '2026-02-30'];
    for (const from of wrong)
      expect(told(ask(person('m'), { role: 'committee', from }))).toBe('role-day');
    expect(told(ask(person('c', 'committee'), { role: 'none', from: '2023-12-31' }))).toBe(
      'role-day',
    );
    expect(told(ask(person('m'), { role: 'secretary', own: 'ends', from: '2023-12-31' }))).toBe(
      'role-day',
    );
  });
});
