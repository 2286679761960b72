import type { Break } from './break.ts';

const MOVE = 'src/server/modules/joining/move.usecases.ts';
const MOVES = 'src/server/modules/joining/move.repository.ts';
const SESSION = 'src/server/http/session.ts';
const MIGRATION = 'src/server/db/migrations/0010-moves.ts';

/** What is wrong with 搬 codes and with what is lent. */
export const PLANTED_AROUND_MOVES: Break[] = [
  {
    name: 'code-without-an-end',
    ids: ['X-08'],
    file: MOVE,
    find: 'return left.makerEnded || now >= left.until;',
    replace: 'return left.makerEnded;',
  },
  {
    name: 'code-used-by-another',
    ids: ['X-08'],
    file: MOVE,
    find: 'return !isSame || left.userEnded',
    replace: 'return left.userEnded',
  },
  {
    name: 'code-that-is-not-taken-back',
    ids: ['X-08'],
    file: MOVE,
    find: '      await dropMove(tx, scope);\n',
    replace: '',
  },
  {
    name: 'two-that-take-one-code',
    ids: ['X-08'],
    file: MOVES,
    find: ' for update`',
    replace: '`',
  },
  {
    name: 'lost-answer-that-spends-a-code',
    ids: ['S-02'],
    file: MOVE,
    find: 'return !isSame || left.userEnded',
    replace: 'return isSame || left.userEnded',
  },
  {
    name: 'code-of-an-ended-phone',
    ids: ['X-11'],
    file: MOVE,
    find: 'return left.makerEnded || now >= left.until;',
    replace: 'return now >= left.until;',
  },
  {
    name: 'code-that-takes-an-id',
    ids: ['X-09'],
    file: MOVE,
    find: "if (await isDeviceOfAnother(tx, { device, person })) return 'request.malformed';",
    replace: '',
  },
  {
    name: 'lent-for-good',
    ids: ['X-11'],
    file: SESSION,
    find: "case when d.revoked is not null or d.ends <= ${now} then 'revoked'",
    replace: "case when d.revoked is not null then 'revoked'",
  },
  {
    name: 'lent-that-lends-itself-on',
    ids: ['X-11'],
    file: MOVE,
    find: "if ((await findEnd(tx, { scope, device })) !== null) return fail('move.lent');",
    replace: '',
  },
  {
    name: 'lent-that-loses-its-end-under-another-id',
    ids: ['X-11'],
    file: MIGRATION,
    find: 'new.ends := coalesce(new.ends, (',
    replace: 'perform coalesce(new.ends, (',
  },
  {
    name: 'lent-that-nobody-marks',
    ids: ['X-11'],
    file: 'src/server/modules/sync/sync.usecases.ts',
    find: 'if (before.value.overdue) await',
    replace: 'if (!before.ok) await',
  },
];
