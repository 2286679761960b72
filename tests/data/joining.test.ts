import { describe, expect, it } from 'vitest';
import type { Ledger } from '#data/ledger/ledger.ts';
import { ledgerWithoutStorage } from '#data/ledger/without-storage.ts';
import { createIds } from '#lib/ids.ts';
import { fail, ok } from '#lib/result.ts';
import { joinRequestSchema, type JoinRequest } from '#protocol/join.ts';
import { createJoining } from '#sync/joining.ts';
import type { Transport } from '#sync/transport.port.ts';
import * as v from 'valibot';
import { BRANCH, COUNTY, createTestLedger, grant, ME } from '#tests/support/test-ledger.ts';

const SECRET = 'A'.repeat(43);
const county = { id: COUNTY, names: { hans: '演示县', hant: '演示縣' }, demo: true };
const joined = {
  ...{
    person: ME,
    names: { hans: '黄国强' },
    place: { hans: '石桥村党支部' },
    grants: [grant('member')],
  },
  ...{ county, epoch: 'first', now: 1 },
};

function joiningWith(answers: (unknown | Error)[], ledger?: Ledger) {
  const test = { ...createTestLedger(), ...(ledger && { ledger }) };
  const requests: JoinRequest[] = [];
  const transport: Transport = {
    async post(_path, { bytes }) {
      requests.push(JSON.parse(new TextDecoder().decode(bytes)) as JoinRequest);
      const answer = answers.shift();
      if (answer instanceof Error)
        return fail({ code: 'network.unreachable', answering: false, retryAfter: null });
      return ok({ json: answer, sentAt: 1, receivedAt: 1 });
    },
  };
  const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
  const ids = createIds({ clock: test.clock, random });
  const { subtle } = crypto;
  return {
    ...test,
    requests,
    joining: createJoining({ ledger: test.ledger, transport, ids, random, subtle }),
  };
}

describe('joining', () => {
  it('asks again with the same device and token after a lost answer', async () => {
    const { joining, requests, ledger } = joiningWith([new Error('lost'), joined]);
    expect(await joining.join(SECRET)).toEqual({ ok: false, error: 'network.unreachable' });
    expect(await ledger.current()).toBeNull();
    expect(await joining.join(SECRET)).toMatchObject({ ok: true, value: { person: ME } });
    expect(requests[1]).toEqual(requests[0]);
    expect(v.safeParse(joinRequestSchema, requests[0]).success).toBe(true);
    expect(requests[0]?.key).toBeDefined();
  });

  it('leaves a person with a key of 256 bits and the yes to the notice as a record', async () => {
    const { joining, ledger } = joiningWith([joined, joined]);
    const result = await joining.join(SECRET);
    expect(result.ok && result.value.key).toHaveLength(32);
    await joining.join(SECRET);
    expect(await ledger.records({ kind: 'consent' })).toMatchObject([
      { scope: BRANCH, subject: ME, body: { notice: 1 }, state: 'saved' },
    ]);
  });

  it('writes no consent into a county for somebody who only reviews', async () => {
    const { joining, ledger } = joiningWith([{ ...joined, grants: [grant('reviewer', COUNTY)] }]);
    await joining.join(SECRET);
    expect(await ledger.records()).toEqual([]);
  });

  it('spends nothing on a phone that keeps nothing', async () => {
    const { joining, requests } = joiningWith([joined], ledgerWithoutStorage('storage.none'));
    expect(await joining.join(SECRET)).toEqual({ ok: false, error: 'storage.failed' });
    expect(requests).toEqual([]);
  });

  it('looks without making anything, and takes no other shape for an answer', async () => {
    const look = {
      role: 'member',
      names: { hans: '黄国强' },
      place: { hans: '石桥村党支部' },
      county,
    };
    const { joining, requests } = joiningWith([look, { hello: 1 }]);
    expect(await joining.look(SECRET)).toEqual({ ok: true, value: look });
    expect(requests).toEqual([{ secret: SECRET }]);
    expect(await joining.look(SECRET)).toEqual({ ok: false, error: 'network.portal' });
  });
});
