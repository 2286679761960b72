import type { Database } from '#server/db/database.ts';
import type { Sources } from '#server/db/server-records.ts';

/** A record that was stored as number `n` of its scope. */
export interface StoredRecord {
  scope: string;
  kind: string;
  subject: string | null;
  /** Who wrote it and on which device; null: the county itself. */
  author: string | null;
  device: string;
  /** Server time at which it was received, ms. */
  received: number;
  n: number;
  body: Record<string, unknown>;
}

/** What a projection works with. */
export type Deps = Sources & { database: Database };

/** Of an act (db/acts.ts). */
export function byAuthor({ author, device }: StoredRecord) {
  return author ? { by: { person: author, device } } : {};
}
