import type { Break } from './break.ts';

/** What is wrong on the phone: saving, what the server answered, the line. */
export const PLANTED_ON_PHONES: Break[] = [
  {
    name: 'read-back-off',
    ids: ['D-03'],
    file: 'src/data/ledger/write.ts',
    find: 'return (await readBack(deps.db, rows.value))',
    replace: 'return rows.ok',
  },
  {
    name: 'refused-and-unsent-rows-cleared-away',
    ids: ['D-08'],
    file: 'src/data/ledger/sync/apply-grants.ts',
    find: "if (row.state === 'saved' || row.state === 'refused' || row.outbox !== undefined) return true;",
    replace: "if (row.state === 'saved') return true;",
  },
  {
    name: 'own-rows-cleared-away',
    ids: ['D-08'],
    file: 'src/data/ledger/sync/apply-grants.ts',
    find: 'if (row.subject === person || row.kind === SELF_KIND) return true;',
    replace: 'if (row.kind === SELF_KIND) return true;',
  },
  {
    name: 'upgrade-that-drops-rows',
    ids: ['D-14'],
    file: 'src/data/ledger/database.ts',
    find: 'db.version(1).stores(stores);',
    replace:
      "db.version(1).stores(stores);\n  db.version(2).stores({ ...stores, records: '[owner+id+hash], [owner+topic]' }).upgrade((tx) => tx.table('records').clear());",
  },
  {
    name: 'failure-to-open-thrown',
    ids: ['D-18'],
    file: 'src/data/ledger/database.ts',
    find: "return fail(error instanceof Error && error.name === 'MissingAPIError' ? 'none' : 'failed');",
    replace: 'throw error;',
  },
  {
    name: 'fresh-salt-at-each-sending',
    ids: ['S-01'],
    file: 'src/data/ledger/record-row.ts',
    find: 'const { id, scope, seq, salt } = row;',
    replace:
      "const { id, scope, seq } = row;\n  const salt = Math.random().toString(36).slice(2, 13).padEnd(11, 'A');",
  },
  {
    name: 'page-taken-once-only',
    ids: ['S-03'],
    file: 'src/data/ledger/sync/apply-page.ts',
    find: 'await db.records.bulkPut(rows',
    replace: 'await db.records.bulkAdd(rows',
  },
  {
    name: 'joining-where-no-worker-runs',
    ids: ['P-10'],
    file: 'src/features/join/phone-check.ts',
    find: "return 'wechat-ios';",
    replace: 'return null;',
  },
  {
    name: 'silent-line-waited-for',
    ids: ['S-04'],
    file: 'src/sync/fetch-transport.ts',
    find: 'step = setTimeout(abort, IDLE_MS);',
    replace: '',
  },
  {
    name: 'no-limit-in-all',
    ids: ['S-04'],
    file: 'src/sync/fetch-transport.ts',
    find: 'const total = setTimeout(abort, TOTAL_MS);',
    replace: 'const total = setTimeout(abort, TOTAL_MS * 10);',
  },
  {
    name: 'bad-record-stays-in-the-outbox',
    ids: ['S-06'],
    file: 'src/data/ledger/sync/apply-results.ts',
    find: "if (!run || run.code === 'later') return null;",
    replace: "if (!run || run.code === 'later' || run.code === 'invalid') return null;",
  },
  {
    name: 'one-row-an-id',
    ids: ['S-07'],
    file: 'src/data/versions/v1.ts',
    find: "'[owner+id+hash], [owner+topic]",
    replace: "'[owner+id], [owner+topic]",
  },
  {
    name: 'every-tab-sends',
    ids: ['S-09'],
    file: 'src/sync/sender-lock.ts',
    find: '(lock ? run() : null)',
    replace: 'run()',
  },
  {
    name: 'late-camera-stays-on',
    ids: ['A-09'],
    file: 'src/features/activities/camera.ts',
    find: 'if (late) closeCamera(stream);',
    replace: '',
  },
  {
    name: 'one-revoked-person-stops-all',
    ids: ['X-11'],
    file: 'src/sync/attempts.ts',
    find: 'if (isOfTheLine(error)) break;',
    replace: 'break;',
  },
  {
    name: 'falls-back-to-plain-http',
    ids: ['X-18'],
    file: 'src/sync/fetch-transport.ts',
    find: '// fetch tells no cause apart: no route, refused, cut, certificate.',
    replace:
      "await fetch((server + path).replace('https:', 'http:'), requestOf(packet, token, AbortSignal.timeout(500))).catch(() => {});",
  },
];
