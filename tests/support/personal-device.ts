/** A device of a given person with given roles, written into the database without an invitation. */
import { personScope, type Grant } from '#domain/roles.ts';
import { tokenHash } from '#server/http/session.ts';
import type { startServer } from './server.ts';
import { createSealer } from './wire-seal.ts';
import { newId, newSecretText, wireDevice } from './wire-device.ts';

/** Replaces the person's grants and gives a new device. */
export async function personalDevice(
  { pool, url }: Pick<Awaited<ReturnType<typeof startServer>>, 'pool' | 'url'>,
  person: string,
  grants: readonly Grant[],
) {
  const device = newId();
  const token = newSecretText();
  const sealer = await createSealer({ person, device });
  await pool.query('delete from grants where person = $1', [person]);
  for (const { scope, role } of grants)
    await pool.query(
      `insert into grants (scope, person, role, from_day, to_day) values ($1, $2, $3, '2020-01-01', $4)`,
      role === 'left' ? [scope, person, 'member', '2020-02-01'] : [scope, person, role, null],
    );
  await pool.query(
    `insert into devices (scope, person, device, token_hash, public_key, created_day)
     values ($1, $2, $3, $4, $5, '2020-01-01')`,
    [personScope(person), person, device, tokenHash(token), sealer.key],
  );
  return { person, sealer, ...wireDevice(url, { device, token, sealer }) };
}
