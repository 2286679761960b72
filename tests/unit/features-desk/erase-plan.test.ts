import { describe, expect, it } from 'vitest';
import { ERASED_MAX } from '#domain/bodies/erasure.ts';
import { draftsOf, planErasure } from '#features/desk/erase-plan.ts';

const [me, you, home, away] = ['me', 'you', 'home', 'away'];
let seq = 0;
const row = (kind: string, body: unknown, more: object = {}) => {
  seq += 1;
  const header = { id: `r${seq}`, kind, scope: home, subject: me, author: 'desk', seq, n: seq };
  return { ...header, hash: `h${seq}`, state: 'received', at: 1, day: '2026-11-23', body, ...more };
};
const named = (hans: string, more: object = {}) => row('member', { names: { hans } }, more);

const DAY = '2026-11-23';

describe('the plan of an erasure', () => {
  it('X-21 says what goes by kind, whose it is, and whether a role keeps the name', () => {
    const asked = row('request', { of: 'erasure' });
    const role = row('role', { role: 'committee', names: { hans: '黄国强' } });
    const rows = [named('黄国墙'), named('黄国强'), asked, named('林秀英', { subject: you })];
    expect(planErasure([...rows, row('consent', { notice: 1 })], me)).toMatchObject({
      names: { hans: '黄国强' },
      counts: [
        { what: 'member', n: 2 },
        { what: 'consent', n: 1 },
      ],
      hasRole: false,
      asked: [{ id: asked.id }],
    });
    expect(planErasure([...rows, role], me).hasRole).toBe(true);
    expect(planErasure([named('林秀英', { subject: you })], me)).toMatchObject({
      ...{ names: null, records: [], asked: [] },
    });
  });

  it('is written whole: erasures for each branch, as many as are needed, then the answers', () => {
    const many = Array.from({ length: ERASED_MAX + 1 }, () => named('黄国强'));
    const asked = row('request', { of: 'erasure' });
    const drafts = draftsOf(
      planErasure([...many, named('黄国强', { scope: away }), asked], me),
      DAY,
    );
    expect(drafts.map(({ kind, scope }) => [kind, scope])).toEqual([
      ['erasure', home],
      ['erasure', home],
      ['erasure', away],
      ['answer', home],
    ]);
    expect(drafts.at(-1)).toMatchObject({ subject: me, body: { request: asked.id, done: true } });
    expect(draftsOf(planErasure([asked], me), DAY)).toHaveLength(1);
  });
});
