import type { Break } from './break.ts';

const ERASURE_SQL = 'src/server/db/migrations/0004-erasure.ts';

/** What is wrong where records are erased, and for phones that are older than that. */
export const PLANTED_AROUND_ERASURE: Break[] = [
  {
    name: 'erasures-kept-unread-forgotten',
    ids: ['D-14'],
    file: 'src/data/ledger/database.ts',
    find: '.upgrade(v2.upgrade);',
    replace: ';',
  },
  {
    name: 'erased-rows-that-an-old-app-trips-over',
    ids: ['D-14'],
    file: 'src/data/ledger/record-row.ts',
    find: "return { erased, salt: '', text: '{}', inner, topic: inner.kind };",
    replace: "return { erased, salt: '', text: '', inner, topic: inner.kind };",
  },
  {
    name: 'mirror-brings-erased-words-back',
    ids: ['D-06'],
    file: 'src/data/mirror/restore-mirror.ts',
    find: 'await db.records.bulkAdd(await settleErasures(db, owner, missing));',
    replace: 'await db.records.bulkAdd(missing);',
  },
  {
    name: 'erasure-that-comes-first-forgotten',
    ids: ['S-03'],
    file: 'src/data/ledger/erase.ts',
    find: 'if (named.length > 0) await db.erasures.bulkPut(named);',
    replace: '',
  },
  {
    name: 'erased-row-filled-by-an-older-page',
    ids: ['S-03'],
    file: 'src/data/ledger/sync/apply-page.ts',
    find: 'const row = before.erased === undefined ? given : erasedRow(given);',
    replace: 'const row = before.erased === undefined || !erasedRow ? given : given;',
  },
  {
    name: 'old-phones-sent-what-they-cannot-read',
    ids: ['P-13'],
    file: 'src/server/modules/sync/pull.usecases.ts',
    find: 'withErased: v >= KNOWS_ERASED,',
    replace: 'withErased: true,',
  },
  {
    name: 'records-of-old-phones-refused',
    ids: ['P-13'],
    file: 'src/server/modules/sync/sync.routes.ts',
    find: 'version < 1 ||',
    replace: 'version < PROTOCOL_VERSION ||',
  },
  {
    name: 'erasure-named-too-early-forgotten',
    ids: ['S-03'],
    file: ERASURE_SQL,
    find: 'and exists (select from erasures e where e.scope = new.scope and e.id = new.id) then',
    replace: 'and false then',
  },
  {
    name: 'erasing-in-any-scope',
    ids: ['X-02'],
    file: ERASURE_SQL,
    find: "p_scope = any (string_to_array(current_setting('rixue.scopes', true), ',')), false) then",
    replace: 'true, false) then',
  },
  {
    name: 'anybody-may-erase',
    ids: ['X-02'],
    file: ERASURE_SQL,
    find: 'revoke execute on function erase_records(text, uuid[]) from public;',
    replace: '',
  },
];
