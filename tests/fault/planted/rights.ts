import type { Break } from './break.ts';

const KINDS = 'src/domain/kinds.ts';
const PUSH = 'src/server/modules/sync/push.usecases.ts';
const JUDGE = 'src/server/modules/sync/judge-record.ts';
const ROUTES = 'src/server/http/route-rights.ts';
const SESSION = 'src/server/http/session.ts';
const JOINING = 'src/server/modules/joining/joining.usecases.ts';

/** What is wrong with rights: one role added to one row, a door left open, a body that is believed. */
export const PLANTED_IN_RIGHTS: Break[] = [
  {
    name: 'foreign-branch-told-from-none',
    ids: ['X-01'],
    file: PUSH,
    find: 'const judgement = waits ? LATER : may;',
    replace: `const judgement: Judgement | null = parents
      ? may
      : { code: 'forbidden', reason: 'scope' };`,
  },
  {
    name: 'foreign-branch-takes-a-look-more',
    ids: ['X-01'],
    file: PUSH,
    find: 'if (forbidden.length > 0) await',
    replace: 'if (forbidden.length > 0 && parents) await',
  },
  {
    name: 'a-code-nobody-signed',
    ids: ['X-02'],
    file: 'src/server/modules/sync/report-rights.ts',
    find: "if (!verifier || !(await isSignedText(verifier, signature, text))) return 'report-code';",
    replace: "if (!verifier || !text || !signature || !isSignedText) return 'report-code';",
  },
  {
    name: 'a-code-opens-two-branches',
    ids: ['X-02'],
    file: 'src/server/modules/organisation/second.usecases.ts',
    find: 'else if ((await findCodeBranch(tx, code)) !== scope)',
    replace: 'else if ((await findCodeBranch(tx, code)) === null)',
  },
  {
    name: 'the-host-has-the-phones-in-hand',
    ids: ['X-02'],
    file: SESSION,
    find: "sql`and role <> 'second'`",
    replace: 'sql``',
  },
  {
    name: 'anybody-lets-themselves-in',
    ids: ['X-01'],
    file: 'src/domain/permissions.ts',
    find: ' && !comesIn(draft);',
    replace: ' && comesIn !== null;',
  },
  {
    name: 'a-second-branch-left-is-forgotten',
    ids: ['S-15'],
    file: SESSION,
    find: "g.role in ('member', 'second')",
    replace: "g.role in ('member')",
  },
  {
    name: 'records-of-elsewhere-brought',
    ids: ['X-01', 'X-02'],
    file: 'src/server/modules/sync/sources.ts',
    find: "places.includes(scope ?? ''),",
    replace: "places.includes(scope ?? '') !== null,",
  },
  {
    name: 'self-scope-of-the-body-believed',
    ids: ['X-02'],
    file: JUDGE,
    find: 'return record.scope === personScope(pusher.person)',
    replace: "return record.scope.startsWith('person:')",
  },
  {
    name: 'device-of-the-body-believed',
    ids: ['X-02'],
    file: JUDGE,
    find: "if (record.device !== undefined && record.device !== pusher.device) return forbidden('device');",
    replace: '',
  },
  {
    name: 'device-of-another-joined-under',
    ids: ['X-02'],
    file: JOINING,
    find: "if (await isDeviceOfAnother(tx, { device, person })) return 'request.malformed';",
    replace: '',
  },
  {
    name: 'roles-read-by-every-member',
    ids: ['X-02'],
    file: 'src/domain/audience.ts',
    find: "member: { all: ['branch'], ofSubject: ['own', 'township', 'pair'] },",
    replace: "member: { all: ['branch', 'township'], ofSubject: ['own', 'township', 'pair'] },",
  },
  {
    name: 'handed-in-is-believed',
    ids: ['X-02'],
    file: 'src/server/modules/organisation/attended.usecases.ts',
    find: 'if (!bearsOut(said.output, subject, records)) return;',
    replace: 'void bearsOut(said.output, subject, records);',
  },
  {
    name: 'contact-dates-to-the-committee',
    ids: ['X-02'],
    file: 'src/domain/audience.ts',
    find: "desk: { all: ['own', 'desk', 'township'], ofSubject: [] },",
    replace: "desk: { all: ['own', 'desk', 'township', 'pair'], ofSubject: [] },",
  },
  {
    name: 'presence-key-to-the-branch',
    ids: ['X-02'],
    file: 'src/domain/kinds-meeting.ts',
    find: "'presence-key': { version: 1, writers: ['server'], audience: 'desk' }",
    replace: "'presence-key': { version: 1, writers: ['server'], audience: 'branch' }",
  },
  {
    name: 'committee-gives-roles',
    ids: ['X-06'],
    file: KINDS,
    find: "writers: ['secretary', 'administrator'],",
    replace: "writers: ['secretary', 'administrator', 'desk'],",
  },
  {
    name: 'members-erase',
    ids: ['X-06'],
    file: KINDS,
    find: "erasure: { version: 1, writers: ['desk'], audience: 'branch' },",
    replace: "erasure: { version: 1, writers: ['desk', 'subject'], audience: 'branch' },",
  },
  {
    name: 'role-a-day-too-long',
    ids: ['X-06'],
    file: SESSION,
    find: 'to_day > ${today})`',
    replace: 'to_day >= ${today})`',
  },
  {
    name: 'role-a-day-too-early',
    ids: ['X-06'],
    file: SESSION,
    find: 'sql`from_day <= ${today} and',
    replace: 'sql`from_day::date <= (${today})::date + 1 and',
  },
  {
    name: 'route-for-whoever-has-a-token',
    ids: ['X-06'],
    file: ROUTES,
    find: "'POST /api/health': 'administrator',",
    replace: "'POST /api/health': 'device',",
  },
  {
    name: 'metrics-for-everybody',
    ids: ['X-06'],
    file: ROUTES,
    find: "'GET /metrics': 'machine',",
    replace: "'GET /metrics': 'anybody',",
  },
  {
    name: 'route-without-a-line-served',
    ids: ['X-06'],
    file: 'src/server/http/guard.ts',
    find: 'if (unlisted.length > 0)',
    replace: 'if (unlisted.length > 99)',
  },
  {
    name: 'role-to-come-not-looked-at',
    ids: ['X-06'],
    file: JOINING,
    find: '...(await findRolesToCome(tx, invitation.person, clock.now())),',
    replace: '',
  },
  {
    name: 'joinings-of-members-counted',
    ids: ['X-04'],
    file: JOINING,
    find: "if (role === 'member' && !(await everHeldMore(tx, person))) return null;",
    replace: '',
  },
  {
    name: 'length-of-a-branch-told-upward',
    ids: ['X-04'],
    file: 'src/server/modules/organisation/organisation.usecases.ts',
    find: 'body: { ...body, branch: scope } };',
    replace: 'body: { ...body, branch: scope, record: n } };',
  },
];
