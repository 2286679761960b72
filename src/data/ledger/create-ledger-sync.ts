import type { Connection } from './connection.ts';
import { keepValue, keptValue } from './kept.ts';
import { dropLease, takeLease } from './lease.ts';
import type { LedgerSync } from './ledger-sync.ts';
import { listPeople } from './people.ts';
import { applyGrants } from './sync/apply-grants.ts';
import { applyPage, type ApplyDeps } from './sync/apply-page.ts';
import { applyResults } from './sync/apply-results.ts';
import { beginEpoch } from './sync/begin-epoch.ts';
import { listCursors } from './sync/cursors.ts';
import { countUnsent, listUnsent } from './sync/list-unsent.ts';
import { keepSigning, takeDevice } from './sync/take-device.ts';
import { noteAnswer } from './sync/note-answer.ts';

/** The sync engine's verbs over one database; each is run once more where its connection was lost. */
export function createLedgerSync(deps: ApplyDeps & Pick<Connection, 'use'>): LedgerSync {
  const { db, use } = deps;
  return {
    people: () => use(() => listPeople(db)),
    listUnsent: (person, limit, after) => use(() => listUnsent(db, person, limit, after)),
    countUnsent: (person) => use(async () => countUnsent(db, person)),
    listCursors: (person) => use(() => listCursors(db, person)),
    applyPage: (person, page, from) => use(() => applyPage(deps, person, page, from)),
    applyResults: (person, runs) => use(() => applyResults(db, person, runs)),
    applyGrants: (person, grants) => use(() => applyGrants(db, person, grants)),
    beginEpoch: (person, epoch) => use(() => beginEpoch(db, person, epoch)),
    noteAnswer: (person, told) => use(() => noteAnswer(db, person, told)),
    keepSigning: (person, signing) => use(() => keepSigning(db, person, signing)),
    takeDevice: (person, next) => use(() => takeDevice(db, person, next)),
    // Not through `use`: the mirror mends an emptied database under such a lease while `use` waits for it.
    takeLease: (name, holder, dead) => takeLease(db, name, holder, dead),
    dropLease: (name, holder) => dropLease(db, name, holder),
    keepFor: (person, name, value) => use(() => keepValue(db, person, name, value)),
    keptFor: <T>(person: string, name: string) => use(() => keptValue<T>(db, person, name)),
  };
}
