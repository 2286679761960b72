/** An empty county: one administrator, who adds the branches. */
import { countyIsReady, makeCounty } from '#server/db/county.ts';
import type { Database } from '#server/db/database.ts';
import type { Sources } from '#server/db/server-records.ts';
import { inviteToCounty, type MadeInvitation } from './invite.ts';

export const ADMINISTRATOR = { hans: '县管理员', hant: '縣管理員' };

/** Makes the county and its administrator's invitation. */
export async function seedEmpty(deps: Sources & { database: Database }): Promise<MadeInvitation[]> {
  const names = { hans: '本县', hant: '本縣' };
  const scope = await makeCounty(deps.database.db, deps, { names, demo: false });
  const invitation = await inviteToCounty(deps, {
    ...{ scope, role: 'administrator', names: ADMINISTRATOR },
  });
  await countyIsReady(deps.database.db);
  return [invitation];
}
