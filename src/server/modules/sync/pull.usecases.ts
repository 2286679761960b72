/**
 * The pull half of a sync.
 *
 * Promises: pages only of views that the session's grants give, whatever the request names;
 * views that the request does not name are served from 0; a page's cursor is the last row scanned,
 * also where the view hid rows; no row lies between two pages (I6), because a scope's numbers become
 * visible in their order; a cursor of another history gets an empty page with `reset`; a phone that
 * asks with version 1 gets no erased row, which its schema could not read, and its cursor passes it; one
 * that asks with version 4 or less gets no page of a view that it does not know.
 */
import { VIEW_AUDIENCES, type ScopeView } from '#domain/audience.ts';
import { toBase64Url } from '#lib/base64.ts';
import { inScopes, type Database, type Tx } from '#server/db/database.ts';
import type { Session } from '#server/http/session.ts';
import {
  WANT_MAX_BYTES,
  WANT_MIN_BYTES,
  type Cursor,
  type Page,
  type SyncRequest,
} from '#protocol/sync.ts';
import { viewsKnown } from '#protocol/brief.ts';
import { CURSOR_START } from '#protocol/limits.ts';
import { findHeads, findRows, type Head } from './sync.repository.ts';
import { rowBytes, toWireRow } from './wire-rows.ts';

/** A row is rarely smaller than this on the wire; bounds what is read for a page. */
const ROW_LEAST_BYTES = 256;

/** The first version of the protocol that knows erased rows. */
const KNOWS_ERASED = 2;

/** What a phone asks for, nothing left out; `v`: its version of the protocol. */
export interface Asked extends Required<Pick<SyncRequest, 'v' | 'cursors' | 'want'>> {
  own: boolean | undefined;
}

/** Pages in which there is anything for this session. */
export async function pull(database: Database, session: Session, request: Asked): Promise<Page[]> {
  const views = viewsKnown(request.v, session.person, session.grants).map((view) => ({
    ...view,
    cursor: cursorOf(view, request),
  }));
  const scopes = [...new Set(views.map(({ scope }) => scope))];
  return inScopes(database, scopes, async (tx) => {
    const places = views.map(({ scope, cursor }) => ({ scope, n: cursor.n }));
    const heads = await findHeads(tx, places);
    const ahead = views.flatMap((view, i) => withHead(view, heads.get(i)));
    const pages: Page[] = [];
    let want = Math.min(Math.max(request.want, WANT_MIN_BYTES), WANT_MAX_BYTES);
    for (const [i, view] of ahead.entries()) {
      // What one view leaves over goes to those after it.
      const share = Math.max(Math.floor(want / (ahead.length - i)), 1);
      const { page, bytes } = await readPage(tx, session, view, { ...request, want: share });
      want -= bytes;
      pages.push(page);
    }
    return pages;
  });
}

interface AskedView extends ScopeView {
  cursor: Cursor;
}

function cursorOf({ scope, view }: ScopeView, request: Pick<Asked, 'cursors'>): Cursor {
  const named = request.cursors.find((cursor) => cursor.scope === scope && cursor.view === view);
  if (!named) return CURSOR_START;
  // A number that no scope reaches is a cursor of another history, not an error.
  return { n: Math.min(named.n, Number.MAX_SAFE_INTEGER), tag: named.tag };
}

/** The view with its head, or nothing where the phone is level with it. */
function withHead(view: AskedView, head: Head | undefined): (AskedView & { head: Head | null })[] {
  const { cursor } = view;
  if (!head) return cursor.n === 0 ? [] : [{ ...view, head: null }];
  const sameHistory = cursor.n === 0 || tagText(head.tagAtCursor) === cursor.tag;
  if (!sameHistory) return [{ ...view, head: null }];
  return head.n === cursor.n ? [] : [{ ...view, head }];
}

async function readPage(
  tx: Tx,
  session: Session,
  { scope, view, cursor, head }: AskedView & { head: Head | null },
  { want, own = false, v }: Asked,
): Promise<{ page: Page; bytes: number }> {
  if (!head) {
    const page = { scope, view, rows: [], cursor: CURSOR_START, more: true, reset: true };
    return { page, bytes: 0 };
  }
  const limit = Math.ceil(want / ROW_LEAST_BYTES) + 1;
  const found = await findRows(tx, {
    ...{ scope, after: cursor.n, upTo: head.n, limit, person: session.person },
    ...VIEW_AUDIENCES[view],
    withoutDevice: own ? null : session.device,
    withErased: v >= KNOWS_ERASED,
  });
  let bytes = 0;
  const fitting = found.filter((row, i) => (bytes += rowBytes(row)) <= want || i === 0);
  const more = fitting.length < found.length || found.length === limit;
  const last = more ? (fitting.at(-1) ?? head) : head;
  const end = { n: last.n, tag: tagText(last.tag) };
  return { page: { scope, view, rows: fitting.map(toWireRow), cursor: end, more }, bytes };
}

function tagText(tag: Buffer | null): string {
  return tag ? toBase64Url(tag) : '';
}
