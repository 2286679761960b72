import type { Ledger } from '#data/ledger/ledger.ts';
import { CONTACT_PERSON_KIND, contactsToTell } from '#domain/contacts.ts';
import { foldRoster } from '#domain/roster.ts';

/** What there is to tell contact persons of this branch today, as drafts. */
export async function contactDrafts(ledger: Pick<Ledger, 'records'>, scope: string, today: string) {
  const kind = ['member', 'role', 'standing', CONTACT_PERSON_KIND];
  const rows = (await ledger.records({ kind, scope })).filter(({ state }) => state !== 'refused');
  return contactsToTell(foldRoster(rows, today), rows, today).map(({ subject, body }) => ({
    ...{ kind: CONTACT_PERSON_KIND, scope, subject, body },
  }));
}

/** Tells it; whether all of it is kept. */
export async function tellContacts(
  ledger: Pick<Ledger, 'records' | 'writeAll'>,
  scope: string,
  today: string,
): Promise<boolean> {
  const drafts = await contactDrafts(ledger, scope, today);
  return drafts.length === 0 || (await ledger.writeAll(drafts)).ok;
}
