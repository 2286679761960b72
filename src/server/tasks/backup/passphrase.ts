/** The passphrase of a backup: from the environment, else typed, unseen, at a terminal. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Null where there is none and nobody to ask; `differ` where it was typed in two ways. */
export async function askPassphrase(
  env: Record<string, string | undefined>,
  how: 'once' | 'twice',
): Promise<string | 'differ' | null> {
  const given = env['BACKUP_PASSPHRASE'];
  if (given) return given;
  if (!process.stdin.isTTY) return null;
  const first = await typeUnseen('口令 passphrase: ');
  if (how === 'twice' && (await typeUnseen('再输一次 again: ')) !== first) return 'differ';
  return first || null;
}

/** What is typed is not shown: a screen may be seen by others, and a terminal remembers. */
async function typeUnseen(question: string): Promise<string> {
  process.stderr.write(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
