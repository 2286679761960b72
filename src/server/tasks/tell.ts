/** How the county itself says something: records of its own, and what they mean for the server. */
import { inScopes, type Database } from '#server/db/database.ts';
import { appendServerRecords, type ServerDraft, type Sources } from '#server/db/server-records.ts';
import { createOrganisation } from '#server/modules/organisation/organisation.usecases.ts';

/** Stores records of the county's own in `scope`, in one transaction, and does what they mean. */
export async function tell(
  deps: Sources & { database: Database },
  scope: string,
  drafts: readonly ServerDraft[],
): Promise<void> {
  const organisation = createOrganisation(deps);
  const appended = await inScopes(deps.database, [scope], (tx) =>
    appendServerRecords(tx, scope, drafts, deps),
  );
  for (const [i, { kind, subject = null, body }] of drafts.entries()) {
    if (!organisation.projects(kind)) continue;
    const about = { scope, kind, subject, author: null, device: '' };
    const n = appended[i]?.n ?? 0;
    await organisation.project({ ...about, body, n, received: deps.clock.now() });
  }
}
