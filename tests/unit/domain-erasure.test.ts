import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { canonicalJson } from '#lib/canonical-json.ts';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { mayRead } from '#domain/audience.ts';
import { ERASED_MAX, erasureBody } from '#domain/bodies/erasure.ts';
import { isErasable, mayErase } from '#domain/erasure.ts';
import type { Foldable } from '#domain/fold.ts';
import { KINDS } from '#domain/kinds.ts';
import { refusal } from '#domain/permissions.ts';
import {
  BODY_MAX_BYTES,
  chainHead,
  erasedRecordHash,
  innerHash,
  recordHash,
  type RecordHeader,
} from '#domain/records.ts';
import { foldRoll } from '#domain/roll.ts';
import { foldRoster } from '#domain/roster.ts';

const ID = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [county, branch, other, me, you] = [ID(1), ID(2), ID(3), ID(4), ID(5)];

describe('what an erasure takes', () => {
  it('is what the desk and the members wrote, not roles, erasures or what the server says', () => {
    const erasable = Object.keys(KINDS).filter(isErasable);
    const people = ['consent', 'member', 'standing'];
    const meeting = [
      ...['activity', 'activity-change', 'check-in', 'absence', 'proof', 'exclusion', 'objection'],
      'objection-above',
      ...['paper-count', 'paper-people', 'closing', 'reopening', 'looked', 'shown', 'card'],
      ...['notice', 'form'],
      ...['own-rules', 'attended-elsewhere', 'attended-checked', 'contact-person', 'contact'],
    ];
    // What is in the county's scope goes by age alone: nobody keeps a roster there.
    const county = ['complaint', 'complaint-answer'];
    expect(erasable.toSorted()).toEqual(
      [...people, ...meeting, 'request', 'answer', ...county, 'transfer', 'second'].toSorted(),
    );
    expect(isErasable('self')).toBe(false);
    expect(isErasable('of a later version')).toBe(true);
  });

  it('lies in the branch of its desk', () => {
    expect(mayErase(branch, { scope: branch, kind: 'member' })).toBe(true);
    expect(mayErase(branch, { scope: other, kind: 'member' })).toBe(false);
    expect(mayErase(branch, { scope: branch, kind: 'role' })).toBe(false);
  });

  it('is named by ids alone, as many as a body holds', () => {
    const ids = Array.from({ length: ERASED_MAX }, (_, i) => ID(i));
    const fits = (body: unknown) => v.safeParse(erasureBody, body).success;
    expect(fits({ records: ids })).toBe(true);
    expect(utf8ToBytes(canonicalJson({ records: ids })).length).toBeLessThanOrEqual(BODY_MAX_BYTES);
    expect(fits({ records: [...ids, ID(99)] })).toBe(false);
    expect(fits({ records: [] })).toBe(false);
    expect(fits({ records: ['黄国强'] })).toBe(false);
    expect(fits({ records: ids, reason: '写错了' })).toBe(false);
  });

  it('is heard of by everybody who may hold it', () => {
    const roles = ['member', 'secretary', 'committee'] as const;
    for (const role of roles)
      for (const kind of Object.keys(KINDS).filter(isErasable)) {
        // Its erasures go to those who read it (tests/server/retention).
        if (KINDS[kind as 'complaint'].audience === 'sponsor') continue;
        const grants = [{ scope: branch, role }];
        const { audience } = KINDS[kind as 'member'];
        const holds = mayRead(me, grants, { scope: branch, audience, subject: me });
        const hears = mayRead(me, grants, {
          scope: branch,
          audience: KINDS.erasure.audience,
          subject: null,
        });
        expect([role, kind, hears || !holds]).toEqual([role, kind, true]);
      }
  });
});

describe('an erased record that a phone brings', () => {
  const writing = { person: me, grants: [{ scope: branch, role: 'secretary' as const }] };
  const draft = { scope: branch, subject: you, body: null, erased: true };

  it('is taken from whoever may write its kind, if that is ever erased', () => {
    const asked = { ...writing, parents: [county] };
    expect(refusal({ ...draft, kind: 'member' }, asked)).toBeNull();
    expect(refusal({ ...draft, kind: 'invitation' }, asked)).toBe('body');
    expect(refusal({ ...draft, kind: 'erasure' }, asked)).toBe('body');
    expect(refusal({ ...draft, kind: 'vote' }, asked)).toBe('unknown-kind');
    expect(refusal({ ...draft, kind: 'member', scope: other }, asked)).toBe('writer');
  });
});

describe('the chain over an erased record', () => {
  const header: RecordHeader = {
    ...{ id: ID(9), kind: 'member', v: 1, scope: branch, subject: you, author: me },
    ...{ device: ID(8), seq: 1, day: '2026-11-23', at: 1, offset: null, offsetAge: 5 },
  };

  it('verifies from its header and the hash of what it said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const body = canonicalJson({ text });
        const whole = recordHash(header, 'AAAAAAAAAAA', body);
        const erased = erasedRecordHash(header, innerHash('AAAAAAAAAAA', body));
        expect(erased).toEqual(whole);
        expect(chainHead(null, erased)).toEqual(chainHead(null, whole));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('shows another header and another content', () => {
    const inner = innerHash('AAAAAAAAAAA', '{}');
    const hash = erasedRecordHash(header, inner);
    expect(erasedRecordHash({ ...header, subject: me }, inner)).not.toEqual(hash);
    expect(erasedRecordHash(header, innerHash('BAAAAAAAAAA', '{}'))).not.toEqual(hash);
  });
});

describe('folding over erased records', () => {
  let n = 0;
  function record(kind: string, subject: string, body: unknown): Foldable<unknown> {
    n += 1;
    return {
      id: ID(100 + n),
      kind,
      subject,
      author: me,
      seq: n,
      n,
      at: n,
      day: '2026-11-23',
      body,
    };
  }
  const named = (hans: string) => ({ names: { hans }, card: '0123456789ABCDEF' });

  it('a person whose only record is erased leaves the roster', () => {
    const records = [record('member', me, named('李')), record('member', you, null)];
    expect(foldRoster(records, '2026-03-05').map(({ person }) => person)).toEqual([me]);
  });

  it('a wrong name is gone and the corrected one stands, whichever came first', () => {
    const wrong = { ...record('member', you, null) };
    const right = record('member', you, named('黄国强'));
    for (const records of [
      [wrong, right],
      [{ ...wrong, n: 9_999 }, right],
    ])
      expect(foldRoster(records, '2026-03-05')).toMatchObject([
        { person: you, names: { hans: '黄国强' } },
      ]);
  });

  it('an erased roll entry counts no longer, and the others do', () => {
    const entry = (subject: string) =>
      record('check-in', subject, { activity: ID(50), state: 'present', how: 'tap' });
    const roll = foldRoll(ID(50), [entry(me), { ...entry(you), body: null }]);
    expect([...roll.keys()]).toEqual([me]);
  });
});
