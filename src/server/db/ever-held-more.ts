import type { Tx } from './database.ts';

/** Whether the person ever held more than a membership anywhere. */
export async function everHeldMore(tx: Tx, person: string): Promise<boolean> {
  const row = await tx
    .selectFrom('grants')
    .select('role')
    .where('person', '=', person)
    .where('role', 'not in', ['member', 'second'])
    .executeTakeFirst();
  return row !== undefined;
}
