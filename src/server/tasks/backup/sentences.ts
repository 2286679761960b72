/** What `backup` and `restore` say: one line, in Chinese and English. */
import type { BackupError, BackupErrorCode } from './backup-errors.ts';

/** The lines of the two commands. */
export const backupSentence = {
  usage: (name: string) => `用法：npm run ${name} -- 文件。Usage: npm run ${name} -- FILE.`,
  differ: () => `两次输入的口令不一样。The two passphrases differ.`,
  noPassphrase: () =>
    `请用 BACKUP_PASSPHRASE 给出备份的口令。Give the backup's passphrase in BACKUP_PASSPHRASE.`,
  noCounty: (dataDir: string) =>
    `${dataDir} 里没有数据库，请检查 DATA_DIR。There is no database in ${dataDir}: check DATA_DIR.`,
  done: (file: string) => `已备份到 ${file}。Backed up to ${file}.`,
  doneWithKey: (file: string, dataDir: string) =>
    `已备份到 ${file}。没有给口令，加密用的是 ${dataDir}/backup-key，请另存一份，没有它就打不开。Backed up to ${file}; no passphrase was given, so it opens with ${dataDir}/backup-key alone: keep a copy of that elsewhere.`,
  restored: (day: string, rows: number) =>
    `已恢复 ${day} 的备份（${rows} 行）。启动以后，手机会自己补送后来写的。Restored the backup of ${day} (${rows} rows). Once the server runs, phones send what they wrote since.`,
};

/** The sentence of an expected failure with `file`. */
export function failureSentence({ code, detail }: BackupError, file: string): string {
  return FAILURES[code](file, detail);
}

const FAILURES: Record<BackupErrorCode, (file: string, detail: string) => string> = {
  'backup.damaged': (file) =>
    `${file} 不是备份，或者已损坏，请换一份。${file} is no backup or is damaged: take another one.`,
  'backup.passphrase': (file) =>
    `口令打不开 ${file}，请检查 BACKUP_PASSPHRASE。The passphrase does not open ${file}: check BACKUP_PASSPHRASE.`,
  'backup.newer': (_, name) =>
    `备份由更新的版本写成（${name}），请用那个版本恢复。The backup was made by a newer version (${name}): restore it with that one.`,
  'backup.changed': (_, name) =>
    `备份的结构 ${name} 和本程序的不一样，请用原来的版本恢复。Step ${name} of the backup is not this program's: restore it with the version that made it.`,
  'backup.nothing': () =>
    `数据库是空的，没有可备份的。The database is empty: there is nothing to back up.`,
  'backup.not-empty': () =>
    `数据库不是空的，什么也没有动。请换一个 DATA_DIR 或空的数据库来恢复。The database is not empty and was left as it is: restore into another DATA_DIR or an empty database.`,
  'backup.file': (file, code) =>
    `${file} 读不了或写不了（${code}），请检查路径、权限和空间。Cannot use ${file} (${code}): check its path, its permissions and the room on the disk.`,
};
