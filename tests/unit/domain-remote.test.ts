/** Who joined from afar, as far as a proof tells. */
import { describe, expect, it } from 'vitest';
import { ACTIVITY_TYPES } from '#domain/bodies/attendance.ts';
import { MEMBER_STATES } from '#domain/bodies/people.ts';
import { remoteByDigits } from '#domain/remote.ts';

const given = (
  type: (typeof ACTIVITY_TYPES)[number],
  way: 'code' | 'digits',
  state: (typeof MEMBER_STATES)[number] | null,
) => ({ activity: { type }, proof: { way }, member: state && { state } });

describe('a member’s own proof', () => {
  it('by digits is from afar in a session of those away, and of whoever is away in any meeting', () => {
    for (const state of [...MEMBER_STATES, null])
      expect(remoteByDigits(given('migrant-session', 'digits', state))).toBe(true);
    for (const type of ACTIVITY_TYPES) {
      expect(remoteByDigits(given(type, 'digits', 'migrant'))).toBe(true);
      expect(remoteByDigits(given(type, 'digits', 'listed'))).toBe(type === 'migrant-session');
    }
  });

  it('by a scan is of the hall, also of somebody who is away the rest of the year', () => {
    for (const type of ACTIVITY_TYPES)
      expect(remoteByDigits(given(type, 'code', 'migrant'))).toBe(false);
  });
});
