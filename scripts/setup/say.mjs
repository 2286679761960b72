/** What the set-up tells an administrator: one line each, on stderr, so that a command's own output stays clean. */

/** An expected end: its message is the one sentence to print, without a stack. */
export class Stop extends Error {}

/** Prints one line of progress. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** The file system's refusals in plain words; `path` is the folder or file it is about. */
export function refusal(code, path) {
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `磁盘已满（${path}），请腾出空间。The disk is full (${path}): make room and start again.`;
  return (
    `不能写入 ${path}（${code}），请换一个 DATA_DIR 或改权限。` +
    `Cannot write to ${path} (${code}): choose another DATA_DIR or change its permissions.`
  );
}
