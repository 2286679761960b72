/**
 * The pulling half: an answer goes into the ledger. Promises: each page commits with its cursor, so a cut
 * costs one page; after a change of epoch nothing of the old history moves a cursor, and no receipt
 * is taken before the first page of the new one.
 */
import { canonicalJson } from '#lib/canonical-json.ts';
import type { LedgerSync, ViewCursor } from '#data/ledger/ledger-sync.ts';
import type { Person } from '#data/ledger/person.ts';
import type { ToldAnswer } from '#protocol/brief.ts';
import { CURSOR_START } from '#protocol/limits.ts';
import type { Cursor, Page } from '#protocol/sync.ts';
import type { Reply } from './transport.port.ts';

export interface Applied {
  pushed: number;
  pulled: number;
  /** Anything moved: a receipt, a cursor or the epoch. */
  moved: boolean;
  /** The server's history is another one than was asked about: all is to be sent and fetched again. */
  restarted: boolean;
  /** The person's roles are others than was asked with: what they give is still to be fetched. */
  regranted: boolean;
  /** There is more to fetch. */
  more: boolean;
}

/** Applies an answer to what was asked with `cursors`. */
export async function applyAnswer(
  sync: LedgerSync,
  person: Person,
  cursors: readonly ViewCursor[],
  answer: ToldAnswer,
  times: Pick<Reply, 'sentAt' | 'receivedAt'>,
): Promise<Applied> {
  const newEpoch = answer.epoch !== person.epoch;
  if (newEpoch) await sync.beginEpoch(person, answer.epoch);
  // Resets first: they make records unsent that this answer's results may have a receipt for.
  const pages = newEpoch ? [] : answer.pages;
  const restarted = newEpoch || pages.some((page) => page.reset);
  let pulled = 0;
  for (const page of pages.filter((each) => each.reset)) pulled += await apply(page);
  // A receipt of a history of which no page has come yet could go with it unseen: no cursor reaches that
  // far. What was sent with the question is sent once more, and answered `dup` beside its page.
  const pushed = newEpoch ? 0 : await sync.applyResults(person, answer.results);
  for (const page of pages.filter((each) => !each.reset)) pulled += await apply(page);
  const asksAgain = answer.grants !== null && (await sync.applyGrants(person, answer.grants));
  const more = answer.more || restarted || asksAgain;
  await sync.noteAnswer(person, { offset: offsetOf(answer.now, times), caughtUp: !more });
  const told = answer.grants ?? person.grants;
  const regranted = canonicalJson(told) !== canonicalJson(person.grants);
  const moved = restarted || regranted || asksAgain || pushed > 0 || pages.some(leads);
  return { pushed, pulled, moved, restarted, regranted, more };

  function askedFrom(page: Page): Cursor {
    const asked = cursors.find(({ scope, view }) => scope === page.scope && view === page.view);
    return asked ?? CURSOR_START;
  }

  function apply(page: Page): Promise<number> {
    return sync.applyPage(person, page, askedFrom(page));
  }

  function leads(page: Page): boolean {
    const { n, tag } = askedFrom(page);
    return n !== page.cursor.n || tag !== page.cursor.tag;
  }
}

/** The server's clock as of the middle of the exchange: off by half of it at most. */
function offsetOf(now: number, { sentAt, receivedAt }: Pick<Reply, 'sentAt' | 'receivedAt'>) {
  return { ms: Math.round(now - (sentAt + receivedAt) / 2), measuredAt: receivedAt };
}
