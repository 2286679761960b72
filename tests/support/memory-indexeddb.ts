import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';

/**
 * An IndexedDB in memory, nobody else's. Dexie's live queries wait for ever where they know of no
 * IndexedDB at all, though they use the one of their database: so the first becomes known.
 */
export function memoryIndexedDB(): { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange } {
  const indexedDB = new IDBFactory();
  Dexie.dependencies.indexedDB ??= indexedDB;
  return { indexedDB, IDBKeyRange };
}

/** Runs as in a browser that has no IndexedDB. */
export async function withoutIndexedDB(run: () => Promise<void>): Promise<void> {
  const { indexedDB } = Dexie.dependencies;
  Object.assign(Dexie.dependencies, { indexedDB: undefined });
  await run().finally(() => Object.assign(Dexie.dependencies, { indexedDB }));
}
