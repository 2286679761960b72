import { liveQuery } from 'dexie';
import { fail } from '#lib/result.ts';
import type { Ledger, StorageError } from './ledger.ts';

/**
 * The ledger of a browser that stores nothing (private window): empty, and every save answers with
 * the reason. Reading the materials goes on.
 */
export function ledgerWithoutStorage(error: StorageError): Ledger {
  const nobody = () => Promise.reject(new Error(error));
  return {
    people: async () => [],
    current: async () => null,
    admit: nobody,
    setCurrent: async () => {},
    drawCurtain: nobody,
    write: async () => fail(error),
    writeAll: async () => fail(error),
    records: async () => [],
    refused: async () => [],
    unsent: async () => 0,
    atOnce: (read) => read(),
    live: (query) => liveQuery(async () => query()),
    keep: async () => {},
    kept: async () => null,
    sync: {
      people: async () => [],
      listUnsent: async () => ({ records: [], upTo: 0, head: null, refused: [] }),
      countUnsent: async () => 0,
      listCursors: async () => [],
      applyPage: nobody,
      applyResults: nobody,
      applyGrants: nobody,
      beginEpoch: nobody,
      noteAnswer: nobody,
      takeLease: async () => ({ taken: true, beat: 0 }),
      dropLease: async () => {},
      keepSigning: nobody,
      takeDevice: nobody,
      keepFor: async () => {},
      keptFor: async () => null,
    },
    database: null,
    connection: {
      follow: () => () => undefined,
      onEmptied: () => undefined,
      lostData: () => false,
    },
    close: () => {},
  };
}
