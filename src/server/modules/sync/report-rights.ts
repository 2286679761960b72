/**
 * Whether the person had a branch told that they report to it (ADR 16): a `second` record that lets
 * somebody in holds what their own phone signed, and no word of the branch's stands for it.
 *
 * Promises: nobody is let in by a signature over another person, name, day or code, by a device that is
 * not theirs or is theirs no more, by a code that opened another branch, or by one that is too old.
 */
import { sql } from 'kysely';
import * as v from 'valibot';
import { secondBody, type SecondBody } from '#domain/bodies/second.ts';
import type { RefusalReason } from '#domain/refusal-reasons.ts';
import { isFresh, reportText } from '#domain/report-code.ts';
import { personScope } from '#domain/roles.ts';
import { SECOND_KIND } from '#domain/seconds.ts';
import { inScopes, type Database } from '#server/db/database.ts';
import type { Standing } from './store-records.ts';
import { deviceKey, isSignedText } from './verify-seal.ts';

type Coming = Extract<SecondBody, { way: 'in' }>;

/** Those of `given` that let somebody in who has not said so, each with why it is not stored. */
export async function unreported(
  database: Database,
  scope: string,
  given: readonly Standing[],
): Promise<Map<Standing, RefusalReason>> {
  const refused = new Map<Standing, RefusalReason>();
  for (const one of given) {
    const body = comingIn(one);
    const { subject, day } = one.record;
    if (!body || !subject) continue;
    const reason = await doubt(database, { scope, person: subject, day: day ?? '' }, body);
    if (reason) refused.set(one, reason);
  }
  return refused;
}

/** What it says, where it lets somebody in and nobody has refused its form yet. */
function comingIn({ parsed }: Standing): Coming | null {
  if (parsed.kind !== SECOND_KIND || !('body' in parsed)) return null;
  const body = v.safeParse(secondBody, parsed.body);
  return body.success && body.output.way === 'in' ? body.output : null;
}

async function doubt(
  database: Database,
  { scope, person, day }: { scope: string; person: string; day: string },
  { device, nonce, signed, names, signature }: Coming,
): Promise<RefusalReason | null> {
  const { key, ended, branch } = await findCode(database, { person, device, nonce });
  const text = reportText({ person, device, nonce, signed, names });
  const verifier = await deviceKey(key);
  if (!verifier || !(await isSignedText(verifier, signature, text))) return 'report-code';
  // Another word for a stay that this code began gives nothing new, whatever became of the phone.
  if (branch === scope) return null;
  if (ended || branch !== null) return 'report-code';
  return isFresh(signed, day) ? null : 'report-old';
}

interface Code {
  key: string | null;
  /** The device is theirs no more. */
  ended: boolean;
  /** The branch that the code has opened. */
  branch: string | null;
}

async function findCode(
  database: Database,
  { person, device, nonce }: { person: string; device: string; nonce: string },
): Promise<Code> {
  const own = personScope(person);
  const { rows } = await inScopes(database, [own], (tx) =>
    sql<Code>`select d.public_key as key,
        d.revoked is not null or exists (select from renewals r
          where r.scope = d.scope and r.device = d.device) as ended,
        (select c.branch from report_codes c where c.scope = ${own} and c.nonce = ${nonce}) as branch
      from devices d where d.scope = ${own} and d.device = ${device}`.execute(tx),
  );
  return rows[0] ?? { key: null, ended: true, branch: null };
}
