/**
 * The pulling half: an answer goes into the ledger. Promises: each page commits with its cursor, so a cut
 * costs one page; after a change of epoch nothing of the old history moves a cursor.
 */
import type { LedgerSync, ViewCursor } from '#data/ledger/ledger-sync.ts';
import type { Person } from '#data/ledger/person.ts';
import { CURSOR_START, type Page, type SyncAnswer } from '#protocol/sync.ts';
import type { Reply } from './transport.port.ts';

export interface Applied {
  pushed: number;
  pulled: number;
  /** Anything moved: a receipt, a row, a cursor or the epoch. */
  moved: boolean;
}

/** Applies an answer to what was asked with `cursors`. */
export async function applyAnswer(
  sync: LedgerSync,
  person: Person,
  cursors: readonly ViewCursor[],
  answer: SyncAnswer,
  times: Pick<Reply, 'sentAt' | 'receivedAt'>,
): Promise<Applied> {
  const newEpoch = answer.epoch !== person.epoch;
  if (newEpoch) await sync.beginEpoch(person, answer.epoch);
  // Resets first: they make records unsent that this answer's results may have a receipt for.
  const pages = newEpoch ? [] : answer.pages;
  let pulled = 0;
  for (const page of pages.filter((each) => each.reset)) pulled += await apply(page);
  const pushed = await sync.applyResults(person, answer.results);
  for (const page of pages.filter((each) => !each.reset)) pulled += await apply(page);
  await sync.applyGrants(person, answer.grants);
  await sync.noteAnswer(person, { offset: offsetOf(answer.now, times), caughtUp: !answer.more });
  return { pushed, pulled, moved: newEpoch || pushed > 0 || pages.length > 0 };

  function apply(page: Page): Promise<number> {
    const from = cursors.find(({ scope, view }) => scope === page.scope && view === page.view);
    return sync.applyPage(person, page, from ?? CURSOR_START);
  }
}

/** The server's clock as of the middle of the exchange: off by half of it at most. */
function offsetOf(now: number, { sentAt, receivedAt }: Pick<Reply, 'sentAt' | 'receivedAt'>) {
  return { ms: Math.round(now - (sentAt + receivedAt) / 2), measuredAt: receivedAt };
}
