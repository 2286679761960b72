import type { Break } from './break.ts';

const RESULTS = 'src/data/ledger/sync/apply-results.ts';
const GRANTS = 'src/data/ledger/sync/apply-grants.ts';

/** What shows only where phones, line and server die, wait and change their order at random. */
export const PLANTED_IN_THE_SIMULATOR: Break[] = [
  {
    name: 'cursor-moved-before-its-rows',
    ids: ['S-18'],
    file: 'src/data/ledger/sync/apply-page.ts',
    find: '  const opened = await Promise.all(',
    replace: '  await moveCursor(db, person, page, from);\n  const opened = await Promise.all(',
  },
  {
    name: 'put-off-taken-for-stored',
    ids: ['S-18'],
    file: RESULTS,
    find: "if (!run || run.code === 'later') return null;",
    replace: 'if (!run) return null;',
  },
  {
    name: 'receipt-with-the-number-of-its-run',
    ids: ['S-18', 'S-19'],
    file: RESULTS,
    find: 'n: run.n === undefined ? null : run.n - (run.to - row.seq),',
    replace: 'n: run.n ?? null,',
  },
  {
    name: 'refused-rows-go-with-the-role',
    ids: ['S-18', 'S-19'],
    file: GRANTS,
    find: "if (row.state === 'saved' || row.state === 'refused' || row.outbox !== undefined) return true;",
    replace: 'if (row.outbox !== undefined) return true;',
  },
  {
    name: 'rows-stay-after-the-role',
    ids: ['S-18', 'S-19'],
    file: GRANTS,
    find: 'await dropRows(db, known, grants);',
    replace: '',
  },
  {
    name: 'receipts-kept-when-the-server-went-back',
    ids: ['S-18', 'S-19'],
    file: 'src/data/ledger/sync/apply-page.ts',
    find: 'if (page.reset) await sendAgain(db, person, page.scope);',
    replace: '',
  },
  {
    name: 'restored-history-not-noticed',
    ids: ['S-18', 'S-19'],
    file: 'src/sync/pull.ts',
    find: 'if (newEpoch) await sync.beginEpoch(person, answer.epoch);',
    replace: '',
  },
  {
    name: 'loop-that-turns-once',
    ids: ['S-18', 'S-19'],
    file: 'src/sync/engine.ts',
    find: 'if (started) wait(isSoon() ? WRITE_DEBOUNCE_MS : delay);',
    replace: 'if (started && !attempts.failing()) wait(isSoon() ? WRITE_DEBOUNCE_MS : delay);',
  },
  {
    name: 'revoked-token-told-its-roles',
    ids: ['X-11'],
    file: 'src/server/modules/sync/sync.usecases.ts',
    find: "const grants = session.ended === 'renewed' ? session.grants : [];",
    replace: 'const grants = session.grants;',
  },
  {
    name: 'rows-stay-after-a-revocation',
    ids: ['S-18', 'X-11'],
    file: 'src/sync/sync-person.ts',
    find: 'await sync.applyGrants(person, []);',
    replace: '',
  },
  {
    name: 'order-by-the-phones-clocks',
    ids: ['S-19'],
    file: 'src/domain/fold.ts',
    find: '(a, b) => order(a.n) - order(b.n) ||',
    replace:
      '(a, b) => (a as unknown as { at: number }).at - (b as unknown as { at: number }).at || order(a.n) - order(b.n) ||',
  },
  {
    name: 'earlier-entries-of-a-roll-forgotten',
    ids: ['S-19'],
    file: 'src/domain/roll.ts',
    find: 'heads: [...(before?.heads ?? []), entry.id],',
    replace: 'heads: [entry.id],',
  },
  {
    name: 'pushes-behind-the-crowd',
    ids: ['S-17'],
    file: 'src/server/http/admission.ts',
    find: "lines.push.length > 0 && !isTurnOfFetch() ? 'push' : 'fetch'",
    replace: "lines.fetch.length === 0 ? 'push' : 'fetch'",
  },
  {
    name: 'retry-after-not-waited-for',
    ids: ['S-17'],
    file: 'src/sync/attempts.ts',
    find: 'return Math.max(retryAfter, backoffDelay(',
    replace: 'return Math.max(0, backoffDelay(',
  },
  {
    name: 'rows-in-the-order-in-which-they-came',
    ids: ['S-03'],
    file: 'src/domain/fold.ts',
    find: 'return [...records].sort(',
    replace: 'return [...records].filter(() => true) || [...records].sort(',
  },
];
