/** What `audit` says: one line each; findings in Chinese and English. */
import type { Finding } from './audit-acts.ts';

export const auditSentence = {
  usage: () => `用法：npm run audit。Usage: npm run audit.`,
  noCounty: (dataDir: string) =>
    `${dataDir} 里没有数据库，请检查 DATA_DIR。There is no database in ${dataDir}: check DATA_DIR.`,
  older: () =>
    `数据库还是旧的结构，请先用 npm start 启动一次。The database has the older structure: start once with npm start.`,
  sound: (count: number) => `audit: ${count} acts, all sound`,
};

/** The sentence of one finding, with the numbers of its rows. */
export function findingSentence(finding: Finding): string {
  const { n } = finding;
  switch (finding.code) {
    case 'altered':
      return `第 ${n} 条被改过。Act ${n} was altered.`;
    case 'inserted':
      return `第 ${n} 条是后来塞进去的。Act ${n} was inserted.`;
    case 'moved':
      return `第 ${n} 条原来是第 ${finding.was} 条，次序被改过。Act ${n} was reordered: it was act ${finding.was}.`;
    case 'rewritten':
      return `第 ${n} 条及以前的，和上一次核对时不一样，整串被重写过。Act ${n} is not what the last audit saw: the chain up to it was rewritten.`;
    case 'missing':
      return n === finding.to
        ? `第 ${n} 条没有了。Act ${n} is missing.`
        : `第 ${n} 条到第 ${finding.to} 条没有了。Acts ${n} to ${finding.to} are missing.`;
  }
}
