/** What `retention` says; in Chinese and English. */
import type { Counts } from '#server/db/retention-runs.ts';

export const retentionSentence = {
  usage: () => `用法：npm run retention -- [--dry]。Usage: npm run retention -- [--dry].`,
  noCounty: (dataDir: string) =>
    `${dataDir} 里没有县的数据，请检查 DATA_DIR。There is no county in ${dataDir}: check DATA_DIR.`,
  older: () =>
    `数据库还是旧的结构，请先用 npm start 启动一次。The database has the older structure: start once with npm start.`,
  busy: () =>
    `服务器正在做这件事，不用再做。The server is at it by itself: there is nothing to do.`,
  done: (counts: Counts) => `retention: ${words(counts)}`,
  would: (counts: Counts) => `retention would erase: ${words(counts)}`,
};

function words({ roll = 0, entry = 0, message = 0, ...working }: Counts): string {
  const rest = Object.values(working).reduce((sum, count) => sum + count, 0);
  const notes = Object.keys(working).length > 0 ? `, ${rest} working notes` : '';
  return `${roll} rolls with ${entry} lines, ${message} messages${notes}`;
}
