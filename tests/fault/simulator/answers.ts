/** What can be said of a request or an answer while it passes: I3, I6, I7, and what was promised. */
import type { WireRow } from '#protocol/record.ts';
import type { BriefAnswer, Cursor, SyncRequest } from '#protocol/sync.ts';
import { personScope } from '#domain/roles.ts';
import { bodyOf } from '#tests/support/bodies.ts';
import type { Branch } from './branch.ts';
import { OWN_KINDS } from './checks.ts';
import type { History } from './history.ts';
import type { Observer } from './network.ts';

type Row = WireRow;

/** Watches the line of one schedule. */
export function watchAnswers(branch: Branch, history: History): Observer {
  const cursors = new Map<string, Cursor>();

  function watchCursors(phone: number, request: SyncRequest): void {
    for (const { key, n, tag } of cursorsIn(phone, request)) {
      const before = cursors.get(key)?.n ?? 0;
      const mayBegin = history.backs > 0 || history.moved.has(phone);
      if (n < before && !mayBegin)
        history.violate('I6', `the cursor of phone ${phone} fell from ${before} to ${n}`);
      cursors.set(key, { n, tag });
    }
  }

  function watchResults(phone: number, request: SyncRequest, answer: BriefAnswer): void {
    for (const raw of request.records ?? []) {
      const { id, seq } = raw as { id: string; seq: number };
      const { code, reason } =
        answer.results?.find(({ from, to = from }) => from <= seq && seq <= to) ?? {};
      if (code === 'ok' || code === 'dup') history.acknowledged.add(id);
      const refusable = code === 'forbidden' && history.moved.has(phone);
      const afterEnd = code === 'to-confirm' && history.revoked.has(phone);
      const afterRole = reason === 'after-role' && history.moved.has(phone);
      if (afterEnd || afterRole) history.acknowledged.add(id);
      if (afterEnd) history.count('handed-in');
      if (afterRole) history.count('after-role');
      const isKept = code === 'ok' || code === 'dup' || afterEnd || afterRole;
      if (code === 'later') history.count('put-off');
      else if (!isKept && !refusable)
        history.violate('I3', `record ${seq} of phone ${phone} was answered ${code}`);
    }
  }

  function mayRead(phone: number, row: Row): boolean {
    const person = branch.admissions[phone]?.person ?? '';
    if (row.scope === personScope(person)) return true;
    const role = history.roles[phone];
    if (row.scope !== branch.scope) return false;
    const subject = 'subject' in row ? row.subject : undefined;
    if (OWN_KINDS.includes(row.kind)) return role === 'secretary' || subject === person;
    return role !== 'none';
  }

  return {
    sent: (phone, bytes) => watchCursors(phone, bodyOf<SyncRequest>(bytes)),
    answered(phone, bytes, answerBytes, status) {
      if (status !== 200) return;
      const answer = bodyOf<BriefAnswer>(answerBytes);
      watchResults(phone, bodyOf<SyncRequest>(bytes), answer);
      for (const row of answer.pages?.flatMap(({ rows }) => rows ?? []) ?? [])
        if (!mayRead(phone, row)) history.violate('I7', `phone ${phone} was sent a ${row.kind}`);
      const told = [...(answer.pages ?? []), ...(answer.grants ?? [])];
      if (history.revoked.has(phone) && told.length > 0)
        history.violate('I12', `phone ${phone} was told something`);
    },
  };
}

/** Each cursor of a request, by a name that stays while the phone's history and grants do. */
function cursorsIn(phone: number, { knows, at = [], cursors = [] }: SyncRequest) {
  if (knows === undefined)
    return cursors.map(({ scope, view, n, tag }) => ({ key: `${phone} ${scope} ${view}`, n, tag }));
  return Array.from({ length: at.length / 2 }, (_, place) => ({
    key: `${phone} ${knows} ${place}`,
    n: Number(at[2 * place]),
    tag: String(at[2 * place + 1]),
  }));
}
