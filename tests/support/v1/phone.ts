/**
 * A phone of protocol 1 on the wire: it sends what that version sent and reads answers by that
 * version's messages alone. An answer that it cannot read throws, as the app would stop there.
 */
import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import {
  messagesOfV1,
  type RowOfV1,
  type SyncAnswerOfV1,
  type SyncRequestOfV1,
} from './messages.ts';

/** Joins by an invitation's secret. */
export async function joinPhoneOfV1(server: string, secret: string, device: string) {
  const token = randomBytes(32).toString('base64url');
  const request = v.parse(messagesOfV1.joinRequest, { secret, device, token, notice: 1 });
  const joined = v.parse(messagesOfV1.joinAnswer, await post(`${server}/api/join`, request));
  const cursors = new Map<string, SyncRequestOfV1['cursors'][number]>();

  /** One request; the answer as that version reads it. */
  async function sync(more: Partial<SyncRequestOfV1> = {}): Promise<SyncAnswerOfV1> {
    const asked = {
      v: 1,
      device,
      epoch: joined.epoch,
      cursors: [...cursors.values()],
      want: 2_048,
    };
    const sent = v.parse(messagesOfV1.syncRequest, { ...asked, ...more });
    return v.parse(messagesOfV1.syncAnswer, await post(`${server}/api/sync`, sent, token));
  }

  /** Page after page until there is no more; every row that came. */
  async function pull(): Promise<RowOfV1[]> {
    const rows: RowOfV1[] = [];
    for (;;) {
      const answer = await sync();
      for (const { scope, view, cursor, rows: found } of answer.pages) {
        cursors.set(`${scope} ${view}`, { scope, view, ...cursor });
        rows.push(...found);
      }
      if (!answer.more) return rows;
    }
  }
  return { ...joined, device, sync, pull, cursors };
}

async function post(url: string, body: unknown, token?: string): Promise<unknown> {
  const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const answer = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...authorization },
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
}
