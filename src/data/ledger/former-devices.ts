import type { LedgerDatabase } from './database.ts';

/** Earlier ids of this very phone are kept for each person under this name: none of them is another phone. */
export const FORMER_DEVICES = 'device.former';

/** Notes one of them. Call it inside a transaction over `kept`. */
export async function noteFormer(db: LedgerDatabase, owner: string, device: string): Promise<void> {
  const name = FORMER_DEVICES;
  const before = ((await db.kept.get([owner, name]))?.value ?? []) as string[];
  await db.kept.put({ owner, name, value: [...before, device] });
}
