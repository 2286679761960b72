import type { LedgerDatabase } from './database.ts';

/** Keeps a small value under a name for one owner ('' for the phone), as durably as a record. */
export async function keepValue(
  db: LedgerDatabase,
  owner: string,
  name: string,
  value: unknown,
): Promise<void> {
  await db.transaction('rw', db.kept, async () => {
    await db.kept.put({ owner, name, value });
  });
}

/** The kept value, or null. */
export async function keptValue<T>(db: LedgerDatabase, owner: string, name: string) {
  const row = await db.kept.get([owner, name]);
  return row ? (row.value as T) : null;
}
