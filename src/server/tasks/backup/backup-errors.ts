/** Why a backup could not be written or read back: expected, each with one sentence (sentences.ts). */
export type BackupErrorCode =
  /** Not a backup, or cut short, or altered. */
  | 'backup.damaged'
  | 'backup.passphrase'
  /** Made by a later version: `detail` is its migration. */
  | 'backup.newer'
  /** A migration of the same name with other content. */
  | 'backup.changed'
  /** The database to back up holds no county. */
  | 'backup.nothing'
  /** The database to restore into holds tables already. */
  | 'backup.not-empty'
  /** The file system's refusal; `detail` is its code. */
  | 'backup.file';

/** Thrown inside the streams, where a value has no way out; the two doors of this folder make it a value. */
export class BackupError extends Error {
  constructor(
    readonly code: BackupErrorCode,
    readonly detail = '',
  ) {
    super(code);
    this.name = 'BackupError';
  }
}

/** What a file system answers; a database's connection has other codes, or says `connect`. */
const FILE_CODES = [
  'ENOENT',
  'EACCES',
  'EPERM',
  'EROFS',
  'EISDIR',
  'ENOTDIR',
  'EEXIST',
  'ENOSPC',
  'EDQUOT',
];

/** The expected failure in `error`; anything else is a bug (or the database's own) and thrown on. */
export function backupErrorOf(error: unknown): BackupError {
  if (error instanceof BackupError) return error;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (syscall !== 'connect' && FILE_CODES.includes(String(code)))
    return new BackupError('backup.file', String(code));
  throw error;
}
