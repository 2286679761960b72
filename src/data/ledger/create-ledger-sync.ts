import { keepValue, keptValue } from './kept.ts';
import type { LedgerSync } from './ledger-sync.ts';
import { listPeople } from './people.ts';
import { applyGrants } from './sync/apply-grants.ts';
import { applyPage, type ApplyDeps } from './sync/apply-page.ts';
import { applyResults } from './sync/apply-results.ts';
import { beginEpoch } from './sync/begin-epoch.ts';
import { listCursors } from './sync/cursors.ts';
import { countUnsent, listUnsent } from './sync/list-unsent.ts';
import { noteAnswer } from './sync/note-answer.ts';

/** The sync engine's verbs over one database. */
export function createLedgerSync(deps: ApplyDeps): LedgerSync {
  const { db } = deps;
  return {
    people: () => listPeople(db),
    listUnsent: (person, limit, after) => listUnsent(db, person, limit, after),
    countUnsent: (person) => countUnsent(db, person),
    listCursors: (person) => listCursors(db, person),
    applyPage: (person, page, from) => applyPage(deps, person, page, from),
    applyResults: (person, runs) => applyResults(db, person, runs),
    applyGrants: (person, grants) => applyGrants(db, person, grants),
    beginEpoch: (person, epoch) => beginEpoch(db, person, epoch),
    noteAnswer: (person, told) => noteAnswer(db, person, told),
    keepFor: (person, name, value) => keepValue(db, person, name, value),
    keptFor: (person, name) => keptValue(db, person, name),
  };
}
