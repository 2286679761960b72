/**
 * Asking again when the notice has changed. Promises: asked once for each version, offline too; a yes is
 * a new consent record in each branch of the old ones; 「先不答」 writes no record and is told to nobody.
 */
import { CONSENT_KIND, foldConsents, NOTICE_VERSION, outdatedConsents } from '#domain/consent.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Ledger, WriteError } from './ledger/ledger.ts';

/** Name under which this phone keeps the version that was put off. */
const LATER = 'notice.later';

/** Where a person stands with the notice. */
export interface NoticeStanding {
  /** The newest version that they said yes to and when; null where there is no yes. */
  agreed: { notice: number; day: string } | null;
  /** Branches whose yes is older than the notice. */
  outdated: string[];
  /** Worth asking now: not put off before. */
  asks: boolean;
}

/** Reads it for the current person. `current`: the notice's version today. */
export async function readNotice(
  ledger: Pick<Ledger, 'current' | 'records' | 'kept'>,
  current = NOTICE_VERSION,
): Promise<NoticeStanding> {
  const person = await ledger.current();
  if (!person) return { agreed: null, outdated: [], asks: false };
  const rows = await ledger.records({ kind: CONSENT_KIND, subject: person.person });
  const isOwn = (scope: string) => person.grants.some((grant) => grant.scope === scope);
  const consents = foldConsents(
    rows.filter(({ state }) => state !== 'refused'),
    person.person,
  );
  const outdated = outdatedConsents(consents, current).filter(isOwn);
  const [agreed = null] = [...consents.values()].sort((a, b) => b.notice - a.notice);
  const later = (await ledger.kept<number>(LATER)) ?? 0;
  return { agreed, outdated, asks: outdated.length > 0 && later < current };
}

/** Keeps the yes, in every branch that lacks it. */
export async function agreeToNotice(
  ledger: Pick<Ledger, 'current' | 'records' | 'kept' | 'writeAll'>,
  current = NOTICE_VERSION,
): Promise<Result<unknown, WriteError>> {
  const { outdated } = await readNotice(ledger, current);
  const subject = (await ledger.current())?.person ?? null;
  const body = { notice: current };
  const drafts = outdated.map((scope) => ({ kind: CONSENT_KIND, scope, subject, body }));
  return drafts.length === 0 ? ok([]) : ledger.writeAll(drafts);
}

/** 先不答: not asked again for this version on this phone. */
export async function putOffNotice(
  ledger: Pick<Ledger, 'keep'>,
  current = NOTICE_VERSION,
): Promise<void> {
  await ledger.keep(LATER, current);
}
