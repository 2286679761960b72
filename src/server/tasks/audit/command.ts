/** `npm run audit`: verifies the chain of administrators' acts, beside the running server or without it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Clock } from '#lib/clock.ts';
import { withDatabase } from '#server/tasks/with-database.ts';
import { audit } from './audit.ts';
import { auditSentence, findingSentence } from './sentences.ts';

/** What it prints, and whether all was sound. */
export interface AuditReport {
  lines: string[];
  sound: boolean;
}

/** Runs it; the sentence of what stood in the way where it could not. */
export async function runAuditCommand(
  args: readonly string[],
  env: Record<string, string | undefined>,
  clock: Clock,
): Promise<Result<AuditReport, string>> {
  if (args.length > 0) return fail(auditSentence.usage());
  const dataDir = env['DATA_DIR'] || './var';
  const url = env['DATABASE_URL'];
  if (!url && !existsSync(join(dataDir, 'pg'))) return fail(auditSentence.noCounty(dataDir));
  return withDatabase<AuditReport>({ dataDir, url, beside: true }, async (poolConfig) => {
    const found = await audit({ dataDir, poolConfig }, clock.now());
    if (!found) return fail(auditSentence.older());
    const { count, findings } = found;
    if (findings.length === 0) return ok({ lines: [auditSentence.sound(count)], sound: true });
    return ok({ lines: findings.map(findingSentence), sound: false });
  });
}
