/**
 * Asking again when the notice has changed, and in the branch that took its reader over (ADR 14).
 * Promises: asked once for each version and for each such branch, offline too; a yes is a new consent
 * record in each branch that lacks it; 「先不答」 writes no record and is told to nobody.
 */
import type { TransferBody } from '#domain/bodies/transfer.ts';
import { CONSENT_KIND, foldConsents, NOTICE_VERSION, outdatedConsents } from '#domain/consent.ts';
import { isInBranch } from '#domain/roles.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Ledger, WriteError } from './ledger/ledger.ts';
import type { Person } from './ledger/person.ts';

/** Name under which this phone keeps the version that was put off. */
const LATER = 'notice.later';
/** The same for the branches. */
const LATER_IN = 'notice.later-in';

/** Where a person stands with the notice. */
export interface NoticeStanding {
  /** The newest version that they said yes to and when; null where there is no yes. */
  agreed: { notice: number; day: string } | null;
  /** Branches whose yes is older than the notice, or is not there yet. */
  outdated: string[];
  /** Only because another branch took them over, not because the notice has changed. */
  moved: boolean;
  /** Worth asking now: not put off before. */
  asks: boolean;
}

/** Reads it for the current person. `current`: the notice's version today. */
export async function readNotice(
  ledger: Pick<Ledger, 'current' | 'records' | 'kept'>,
  current = NOTICE_VERSION,
): Promise<NoticeStanding> {
  const person = await ledger.current();
  if (!person) return { agreed: null, outdated: [], moved: false, asks: false };
  const rows = await ledger.records({ kind: CONSENT_KIND, subject: person.person });
  const isOwn = (scope: string) =>
    person.grants.some((grant) => grant.scope === scope && grant.role !== 'left');
  const consents = foldConsents(
    rows.filter(({ state }) => state !== 'refused'),
    person.person,
  );
  const changed = outdatedConsents(consents, current).filter(isOwn);
  const [agreed = null] = [...consents.values()].sort((a, b) => b.notice - a.notice);
  const entered = agreed ? await enteredWithout(ledger, person, consents) : [];
  const later = (await ledger.kept<number>(LATER)) ?? 0;
  const laterIn = entered.length > 0 ? ((await ledger.kept<string[]>(LATER_IN)) ?? []) : [];
  const asks =
    (changed.length > 0 && later < current) || entered.some((scope) => !laterIn.includes(scope));
  const moved = changed.length === 0 && entered.length > 0;
  return { agreed, outdated: [...changed, ...entered], moved, asks };
}

/** The branches that took this person over and that they have said nothing in; a yes that was erased is none that lacks. */
async function enteredWithout(
  ledger: Pick<Ledger, 'records'>,
  { person, grants }: Person,
  consents: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  const scopes = grants.filter(({ role }) => isInBranch(role)).map(({ scope }) => scope);
  const lacking = [...new Set(scopes)].filter((scope) => !consents.has(scope));
  if (lacking.length === 0) return [];
  const of = async (kind: string) => ledger.records({ kind, subject: person });
  const erased = (await of('erased')).map(({ scope }) => scope);
  const taken = (await of('transfer')).filter(isEntry).map(({ scope }) => scope);
  return lacking.filter((scope) => taken.includes(scope) && !erased.includes(scope));
}

function isEntry({ body }: { body: unknown }): boolean {
  return (body as TransferBody | null)?.way === 'in';
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

/** 先不答: not asked again for this version, and in these branches, on this phone. */
export async function putOffNotice(
  ledger: Pick<Ledger, 'current' | 'records' | 'kept' | 'keep'>,
  current = NOTICE_VERSION,
): Promise<void> {
  const { outdated } = await readNotice(ledger, current);
  await ledger.keep(LATER, current);
  await ledger.keep(LATER_IN, outdated);
}
