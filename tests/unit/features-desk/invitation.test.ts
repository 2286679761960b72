import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { invitationBody } from '#domain/bodies/people.ts';
import { invitationHash } from '#domain/invitations.ts';
import {
  INVITATION_MS,
  invitationLink,
  invitationState,
  newInvitation,
  stillHolds,
} from '#features/desk/invitation.ts';
import { secretOf } from '#features/join/phone-check.ts';

const random = { bytes: (length: number) => new Uint8Array(length).fill(7) };
const kept = { record: 'i1', secret: 'A'.repeat(43), expires: 100 };
const stateOf = (of: typeof kept | null, rows: ReturnType<typeof row>[], hasPhone = true) =>
  invitationState(of, rows, hasPhone);
const row = (id: string, kind: string, n: number | null, state: string) => ({ id, kind, n, state });

describe('an invitation', () => {
  it('is known to the county by its hash alone, and opens by its link', () => {
    const { secret, body } = newInvitation('member', 1_000, random);
    expect(v.safeParse(invitationBody, body).success).toBe(true);
    expect(body.hash).toBe(invitationHash(secret));
    expect(JSON.stringify(body)).not.toContain(secret);
    const link = new URL(invitationLink('https://county.example', secret));
    expect(secretOf(link.hash)).toBe(secret);
  });

  it('holds 30 days for a member and 24 hours for a secretary', () => {
    expect(newInvitation('member', 5, random).body.expires).toBe(5 + 30 * 86_400_000);
    expect(INVITATION_MS.secretary).toBe(86_400_000);
  });

  it('is shown until it is over', () => {
    expect(stillHolds(kept, 99)).toEqual(kept);
    expect([stillHolds(kept, 100), stillHolds(null, 0), stillHolds({ a: 1 }, 0)]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('I14 is never said to be ready before the county has it', () => {
    expect(stateOf(kept, [row('i1', 'invitation', null, 'saved')])).toBe('waiting');
    expect(stateOf(kept, [row('i1', 'invitation', 4, 'sent')])).toBe('ready');
    expect(stateOf(kept, [row('i1', 'invitation', null, 'refused')])).toBe('refused');
    expect(stateOf(null, [])).toBe('none');
  });

  it('is used once a consent came in after it, and not by an earlier one', () => {
    const consent = row('c', 'consent', 5, 'received');
    expect(stateOf(kept, [row('i1', 'invitation', 4, 'sent'), consent])).toBe('used');
    expect(stateOf(kept, [row('i1', 'invitation', 6, 'sent'), consent])).toBe('ready');
    expect(stateOf(kept, [row('i1', 'invitation', null, 'saved'), consent])).toBe('waiting');
  });

  it('is to be made anew where the phone that came by it was ended', () => {
    const rows = [row('i1', 'invitation', 4, 'sent'), row('c', 'consent', 5, 'received')];
    expect(stateOf(kept, rows, false)).toBe('none');
    expect(stateOf(kept, [...rows, row('i1', 'invitation', 4, 'sent')], true)).toBe('used');
    const again = { ...kept, record: 'i2' };
    expect(stateOf(again, [...rows, row('i2', 'invitation', 6, 'sent')], false)).toBe('ready');
  });
});
