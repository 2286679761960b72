import { describe, expect, it } from 'vitest';
import { AUDIENCES, mayRead, viewsOf, type Audience } from '#domain/audience.ts';
import { refusal, type Draft } from '#domain/permissions.ts';
import { personScope, type Grant, type Role } from '#domain/roles.ts';

const ID = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const [county, branch, other, me, you] = [ID(1), ID(2), ID(3), ID(4), ID(5)];
const as = (role: Role, scope = branch): Grant[] => [{ scope, role }];
const card = '0123456789ABCDEF';

describe('who may read', () => {
  const table: [Role, Audience[], Audience[]][] = [
    ['member', ['branch'], ['own', 'township', 'pair']],
    ['secretary', ['branch', 'own', 'desk', 'township', 'pair'], ['own', 'township']],
    ['committee', ['branch', 'own', 'desk', 'township'], ['own', 'township', 'pair']],
    ['reviewer', ['review'], []],
    ['administrator', ['admin', 'sponsor'], []],
  ];
  for (const [role, ofAll, ofMe] of table) {
    it(`a ${role}: ${ofAll.join(', ')} of all; ${ofMe.join(', ') || 'nothing more'} of the own`, () => {
      for (const audience of AUDIENCES) {
        const row = (subject: string) => ({ scope: branch, audience, subject });
        expect(mayRead(me, as(role), row(you)), audience).toBe(ofAll.includes(audience));
        expect(mayRead(me, as(role), row(me)), audience).toBe(
          [...ofAll, ...ofMe].includes(audience),
        );
        expect(mayRead(me, as(role), { ...row(me), scope: other }), audience).toBe(false);
      }
    });
  }

  it('self records are their owner’s alone, whatever anybody’s role', () => {
    const row = { scope: personScope(me), audience: 'self' as const, subject: null };
    expect(mayRead(me, [], row)).toBe(true);
    for (const [role] of table) expect(mayRead(you, as(role), row)).toBe(false);
  });

  it('a desk role adds a view with a cursor of its own', () => {
    const views = (role: Role) => viewsOf(me, as(role)).map(({ view }) => view);
    expect(views('member')).toEqual(['self', 'member']);
    expect(views('committee')).toEqual(['self', 'member', 'desk']);
    expect(views('secretary')).toEqual(['self', 'member', 'desk', 'secretary']);
  });
});

describe('who may write', () => {
  const drafts: Record<string, Draft> = {
    study: {
      kind: 'study',
      scope: personScope(me),
      subject: null,
      body: { day: '2026-11-23', minutes: 30, how: 'app' },
    },
    consent: { kind: 'consent', scope: branch, subject: me, body: { notice: 1 } },
    'own revocation': {
      kind: 'revocation',
      scope: branch,
      subject: me,
      body: { device: ID(9) },
    },
    request: { kind: 'request', scope: branch, subject: me, body: { of: 'erasure' } },
    member: {
      kind: 'member',
      scope: branch,
      subject: you,
      body: { names: { hans: '黄国强' }, card },
    },
    invitation: {
      kind: 'invitation',
      scope: branch,
      subject: you,
      body: { hash: 'a'.repeat(43), role: 'member', expires: 1 },
    },
    'invitation of a secretary': {
      kind: 'invitation',
      scope: branch,
      subject: you,
      body: { hash: 'a'.repeat(43), role: 'secretary', expires: 1 },
    },
    activity: {
      kind: 'activity',
      scope: branch,
      subject: null,
      body: { type: 'theme-day', title: '主题党日', starts: 1 },
    },
    'check-in': {
      kind: 'check-in',
      scope: branch,
      subject: you,
      body: { activity: ID(9), state: 'present', how: 'tap' },
    },
    absence: {
      kind: 'absence',
      scope: branch,
      subject: me,
      body: { activity: ID(9), coming: false },
    },
    'absence of somebody else': {
      kind: 'absence',
      scope: branch,
      subject: you,
      body: { activity: ID(9), coming: false },
    },
    answer: {
      ...{ kind: 'answer', scope: branch, subject: you },
      body: { request: ID(9), done: true },
    },
    erasure: { kind: 'erasure', scope: branch, subject: null, body: { records: [ID(9)] } },
    decision: {
      kind: 'decision',
      scope: branch,
      subject: null,
      body: { record: ID(9), hash: 'a'.repeat(43), counts: true },
    },
    revocation: { kind: 'revocation', scope: branch, subject: you, body: { device: ID(9) } },
    admission: {
      kind: 'admission',
      scope: branch,
      subject: you,
      body: { device: ID(9), request: ID(8) },
    },
    'rejoin-request': {
      kind: 'rejoin-request',
      scope: branch,
      subject: you,
      body: { device: ID(9) },
    },
    branch: {
      kind: 'branch',
      scope: county,
      subject: null,
      body: { branch, names: { hans: '石桥村党支部' } },
    },
    role: {
      kind: 'role',
      scope: branch,
      subject: you,
      body: { role: 'secretary', names: { hans: '李' }, card, from: '2026-11-23' },
    },
    transfer: {
      kind: 'transfer',
      scope: branch,
      subject: you,
      body: { way: 'out', day: '2026-11-23' },
    },
    office: {
      kind: 'office',
      scope: county,
      subject: you,
      body: { branch, role: 'secretary', names: { hans: '李' }, card, from: '2026-11-23' },
    },
    about: {
      kind: 'about',
      scope: branch,
      subject: null,
      body: { names: { hans: '石桥村党支部' } },
    },
    'presence-key': {
      kind: 'presence-key',
      scope: branch,
      subject: null,
      body: { key: 'a'.repeat(43) },
    },
  };
  const own = ['study', 'consent', 'own revocation', 'request'];
  const desk = [
    ...['member', 'invitation', 'activity', 'check-in', 'absence', 'answer', 'erasure', 'decision'],
    ...['revocation', 'admission'],
  ];
  const allowed: Record<string, string[]> = {
    member: [...own, 'absence'],
    committee: [...own, ...desk],
    secretary: [...own, ...desk, 'role', 'transfer'],
    administrator: [
      ...['study', 'own revocation', 'invitation', 'invitation of a secretary', 'revocation'],
      ...['branch', 'role'],
    ],
    nobody: ['study'],
  };
  const grants: Record<string, Grant[]> = {
    member: as('member'),
    committee: as('committee'),
    secretary: as('secretary'),
    administrator: as('administrator', county),
    nobody: [],
  };
  for (const who of Object.keys(allowed)) {
    it(`${who}: ${allowed[who]?.join(', ')}`, () => {
      const can = Object.keys(drafts).filter(
        (name) =>
          refusal(drafts[name]!, { person: me, grants: grants[who]!, parents: [county] }) === null,
      );
      expect(can).toEqual(allowed[who]);
    });
  }

  it('an administrator names branches in the county alone, and gives roles in branches alone', () => {
    const writing = { person: me, grants: as('administrator', county) };
    const inBranch = { ...writing, parents: [county] };
    const inCounty = { ...writing, parents: [] };
    expect(refusal({ ...drafts['branch']!, scope: branch }, inBranch)).toBe('writer');
    expect(refusal({ ...drafts['branch']!, scope: county }, inCounty)).toBe(null);
    for (const kind of ['role', 'invitation of a secretary'])
      expect(refusal({ ...drafts[kind]!, scope: county }, inCounty)).toBe('writer');
  });

  it('a complaint is anybody’s own, to the county alone, and an administrator’s to answer', () => {
    const complaint = { kind: 'complaint', scope: county, subject: me, body: { text: '有话说' } };
    const answer = {
      ...{ kind: 'complaint-answer', scope: county, subject: null },
      body: { complaint: ID(9), done: true },
    };
    const may = (draft: Draft, role: Grant[], parents: string[] = []) =>
      refusal(draft, { person: me, grants: role, parents });
    for (const role of [[], as('member'), as('secretary')]) {
      expect(may(complaint, role)).toBeNull();
      expect(may({ ...complaint, subject: you }, role)).toBe('writer');
      expect(may({ ...complaint, scope: branch }, role, [county])).toBe('writer');
      expect(may(answer, role)).toBe('writer');
    }
    expect(may(answer, as('administrator', county))).toBeNull();
  });

  it('says why not: kind, body, scope, writer', () => {
    const writing = { person: me, grants: as('secretary'), parents: [county] };
    expect(refusal({ ...drafts['member']!, kind: 'vote' }, writing)).toBe('unknown-kind');
    expect(refusal({ ...drafts['member']!, kind: 'constructor' }, writing)).toBe('unknown-kind');
    expect(refusal({ ...drafts['member']!, body: { card } }, writing)).toBe('body');
    expect(refusal({ ...drafts['check-in']!, subject: null }, writing)).toBe('body');
    for (const hans of [' 黄', '黄\n', '\t=1+1', '黄\u0000', '\ud800', '', '黄'.repeat(41)])
      expect(refusal({ ...drafts['member']!, body: { card, names: { hans } } }, writing)).toBe(
        'body',
      );
    for (const hans of ['黄国强', '𠮷田', '阿依古丽·买买提江', 'O’Brien'])
      expect(
        refusal({ ...drafts['member']!, body: { card, names: { hans } } }, writing),
      ).toBeNull();
    expect(refusal({ ...drafts['study']!, scope: branch }, writing)).toBe('scope');
    expect(refusal({ ...drafts['study']!, scope: personScope(you) }, writing)).toBe('writer');
    expect(refusal({ ...drafts['member']!, scope: other }, writing)).toBe('writer');
  });
});
