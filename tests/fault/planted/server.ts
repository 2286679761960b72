import type { Break } from './break.ts';

const RECORDS_SQL = 'src/server/db/migrations/0001-records.ts';
const PUSH = 'src/server/modules/sync/push.usecases.ts';
const STORE = 'src/server/modules/sync/store-records.ts';
const PULL = 'src/server/modules/sync/pull.usecases.ts';
const BODY = 'src/server/http/request-body.ts';
const FILES = 'src/server/http/static.routes.ts';

/** What is wrong on the server: numbers, receipts, scopes, invitations, its folder. */
export const PLANTED_ON_SERVERS: Break[] = [
  {
    name: 'past-builds-forgotten',
    ids: ['P-02'],
    file: FILES,
    find: ' ?? past.get(path);',
    replace: ';',
  },
  {
    name: 'page-for-a-missing-asset',
    ids: ['P-07'],
    file: FILES,
    find: "if (name.includes('.') || FOLDERS_OF_FILES.test(path)) return false;",
    replace: '',
  },
  {
    name: 'a-branch-left-is-read-on',
    ids: ['S-15'],
    file: 'src/domain/audience.ts',
    find: "else if (roles.includes('left')) views.push({ scope, view: 'own' });",
    replace: "else if (roles.includes('left')) views.push({ scope, view: 'member' });",
  },
  {
    name: 'whoever-moves-loses-the-past',
    ids: ['S-15'],
    file: 'src/server/http/session.ts',
    find: "also ? left : sql`and role <> 'second'`",
    replace: 'sql``',
  },
  {
    name: 'receipt-before-the-disk',
    ids: ['V-02'],
    file: 'src/server/db/database.ts',
    find: "case current_setting('synchronous_commit') when 'off' then 'on'",
    replace: "case current_setting('synchronous_commit') when 'off' then 'off'",
  },
  {
    name: 'log-not-synced',
    ids: ['V-02'],
    file: 'src/server/db/cluster-settings.ts',
    find: "fsync: 'on',",
    replace: "fsync: 'off',",
  },
  {
    name: 'receipt-before-the-commit',
    ids: ['V-01'],
    file: STORE,
    find: `const stored = await deps.projector.store(scope, [...unique.values()], (tx, records) =>
    appendRecords(tx, scope, records),
  );`,
    replace: `const stored = await new Promise<Map<NewRecord, Appended>>((done, failed) => {
    deps.projector
      .store(scope, [...unique.values()], async (tx, records) => {
        const appended = await appendRecords(tx, scope, records);
        done(new Map(records.map((record, at) => [record, appended[at] as Appended])));
        await new Promise((committed) => setTimeout(committed, 100));
        return appended;
      })
      .catch(failed);
  });`,
  },
  {
    name: 'repeated-record-stored-again',
    ids: ['S-02', 'S-18'],
    file: RECORDS_SQL,
    find: 'if found.old_n is not null then',
    replace: 'if false then',
  },
  {
    name: 'bad-record-stops-its-batch',
    ids: ['S-06'],
    file: 'src/server/modules/sync/read-records.ts',
    find: 'if (!stored.ok) read.refused.push({ place, raw, judgement: stored.error, source });',
    replace: "if (!stored.ok) throw new Error('malformed');",
  },
  {
    name: 'stored-record-refused-after-the-role',
    ids: ['S-19'],
    file: 'src/server/modules/sync/push.usecases.ts',
    find: 'if (forbidden.length > 0) await',
    replace: 'if (forbidden.length < 0) await',
  },
  {
    name: 'second-content-not-marked',
    ids: ['S-07'],
    file: RECORDS_SQL,
    find: "case when found.clash then 'to-confirm' else 'ok' end",
    replace: "'ok'::text",
  },
  {
    name: 'number-taken-without-the-lock',
    ids: ['S-13'],
    file: RECORDS_SQL,
    find: 'where s.scope = p_scope for update;',
    replace: 'where s.scope = p_scope;',
  },
  {
    name: 'cursor-beyond-the-page',
    ids: ['S-13'],
    file: PULL,
    find: 'const last = more ? (fitting.at(-1) ?? head) : head;',
    replace: 'const last = head;',
  },
  {
    name: 'cut-gzip-taken-as-far-as-it-goes',
    ids: ['S-20'],
    file: BODY,
    find: 'await inflate(bytes, { maxOutputLength: max })',
    replace: 'await inflate(bytes, { maxOutputLength: max, finishFlush: 2 })',
  },
  {
    name: 'body-cut-short-taken',
    ids: ['S-20'],
    file: BODY,
    find: "return fail('request.malformed'); // the connection ended before the body did",
    replace: 'return ok(Buffer.concat(parts));',
  },
  {
    name: 'lock-on-the-data-folder-off',
    ids: ['V-03'],
    file: 'src/server/db/cluster-lock.mjs',
    find: "if (holder) return { state: 'held', pid: holder.pid };",
    replace: "if (holder) return { state: 'taken', ...nothingToDo };",
  },
  {
    name: 'migration-committed-between-statements',
    ids: ['V-06'],
    file: 'src/server/db/migrate.ts',
    find: 'await client.query(migration.sql);',
    replace: "await client.query(migration.sql.replaceAll(';\\n', ';\\ncommit;\\n'));",
  },
  {
    name: 'restore-in-the-old-history',
    ids: ['V-05'],
    file: 'src/server/tasks/backup/load.ts',
    find: "await client.query('update county set epoch = $1', [epoch]);",
    replace: "await client.query('select $1::text', [epoch]);",
  },
  {
    name: 'refused-for-a-role-not-yet-back',
    ids: ['V-05'],
    file: PUSH,
    find: "return recent && refusal?.code === 'forbidden' ? { code: 'later' } : refusal;",
    replace: 'return recent ? refusal : refusal;',
  },
  {
    name: 'health-for-everybody',
    ids: ['X-06'],
    file: 'src/server/http/route-rights.ts',
    find: "'POST /api/health': 'administrator',",
    replace: "'POST /api/health': 'anybody',",
  },
  {
    name: 'altered-act-passed-over',
    ids: ['V-08'],
    file: 'src/server/tasks/audit/audit-acts.ts',
    find: 'return { n, place: n, fits: false, prev, hash };',
    replace: 'return { n, place: n, fits: true, prev, hash };',
  },
  {
    name: 'cut-tail-of-acts-passed-over',
    ids: ['V-08'],
    file: 'src/server/tasks/audit/audit-acts.ts',
    find: 'const last = Math.max(end.n, anchor?.n ?? 0, seen.at(-1)?.place ?? 0);',
    replace: 'const last = seen.at(-1)?.place ?? 0;',
  },
  {
    name: 'backup-without-one-table',
    ids: ['V-05'],
    file: 'src/server/tasks/backup/dump.ts',
    find: "and c.relname <> 'applied_migrations' order by c.relname",
    replace: "and c.relname not in ('applied_migrations', 'invitations') order by c.relname",
  },
  {
    name: 'cursor-tag-not-compared',
    ids: ['V-09'],
    file: PULL,
    find: 'const sameHistory = cursor.n === 0 || tagText(head.tagAtCursor) === cursor.tag;',
    replace: 'const sameHistory = true;',
  },
  {
    name: 'views-as-the-request-asks',
    ids: ['X-02'],
    file: PULL,
    find: 'const views = viewsKnown(request.v, session.person, session.grants).map((view) => ({',
    replace:
      'const views = request.cursors.map(({ scope, view }) => ({ scope, view })).map((view) => ({',
  },
  {
    name: 'audience-filter-off',
    ids: ['X-02'],
    file: 'src/server/modules/sync/sync.repository.ts',
    find: 'and (audience = any (${[...page.all]}::text[])',
    replace: 'and (true or audience = any (${[...page.all]}::text[])',
  },
  {
    name: 'row-level-security-off',
    ids: ['X-02'],
    file: RECORDS_SQL,
    find: 'alter table records enable row level security;',
    replace: '',
  },
  {
    name: 'inline-scripts-allowed',
    ids: ['X-13'],
    file: 'src/server/http/security-headers.ts',
    find: `["script-src 'self'", `,
    replace: `["script-src 'self' 'unsafe-inline'", `,
  },
  {
    name: 'connections-in-the-role-of-the-owner',
    ids: ['V-01'],
    file: 'src/server/db/database.ts',
    find: 'onConnect: async (client) => void (await stepDown(client, appRole)),',
    replace: '',
  },
];
