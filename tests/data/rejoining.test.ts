/** The phone's half of being let in again, over a ledger in memory and answers that are handed in. */
import { describe, expect, it } from 'vitest';
import { KEPT_ASKED, type Asked } from '#data/joining.port.ts';
import { checkNumber } from '#domain/devices.ts';
import { createIds } from '#lib/ids.ts';
import { fail, ok } from '#lib/result.ts';
import type { AgainRequest } from '#protocol/rejoin.ts';
import { createRejoining } from '#sync/rejoining.ts';
import type { Transport } from '#sync/transport.port.ts';
import {
  admission,
  BRANCH,
  COUNTY,
  createTestLedger,
  DEVICE,
  grant,
  ME,
  OTHER,
  STUDY,
  testId,
} from '#tests/support/test-ledger.ts';

const SECRET = 'A'.repeat(43);
const REQUEST = testId(40);
const waiting = { state: 'waiting', request: REQUEST };
const names = { hans: '黄国强' };
const county = { id: COUNTY, names: { hans: '演示县', hant: '演示縣' }, demo: true };
const joined = {
  ...{ person: ME, names, place: { hans: '石桥村党支部' }, grants: [grant('member')] },
  ...{ county, epoch: 'first', now: 1 },
};
const letIn = { state: 'in', joined };

function rejoiningWith(...answers: unknown[]) {
  const test = createTestLedger();
  const requests: AgainRequest[] = [];
  const transport: Transport = {
    async post(_path, { bytes }) {
      requests.push(JSON.parse(new TextDecoder().decode(bytes)) as AgainRequest);
      const json = answers.shift();
      if (json === 'lost')
        return fail({ code: 'network.unreachable', answering: false, retryAfter: null });
      return ok({ json, sentAt: 1, receivedAt: 1 });
    },
  };
  const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
  const ids = createIds({ clock: test.clock, random });
  const { subtle } = crypto;
  const scheduled: (() => void)[] = [];
  const heard: string[] = [];
  const page = { inFront: true };
  const rejoining = createRejoining({
    ...{ ledger: test.ledger, transport, ids, random, subtle },
    schedule: (_ms, run) => (scheduled.push(run), () => undefined),
    isInFront: () => page.inFront,
    onIn: () => heard.push('in'),
  });
  const asked = () => test.ledger.sync.keptFor<Asked>('', KEPT_ASKED);
  return { ...test, page, rejoining, requests, scheduled, heard, asked };
}

describe('an empty phone', () => {
  it('asks once, shows the number of its device, and looks without asking anew', async () => {
    const { rejoining, requests, asked, scheduled } = rejoiningWith(waiting, waiting, waiting);
    expect(await rejoining.askAgain(SECRET)).toEqual(ok(null));
    await rejoining.look();
    const { device } = requests[0]!;
    expect(await asked()).toMatchObject({
      ...{ secret: SECRET, number: checkNumber(REQUEST, device), over: false },
    });
    expect(requests.map(({ ask }) => ask)).toEqual([true, false]);
    expect(new Set(requests.map(({ token }) => token)).size).toBe(1);
    expect(scheduled).toHaveLength(1);
  });

  it('S-02 asks with the same device and token after a lost answer', async () => {
    const { rejoining, requests, asked } = rejoiningWith('lost', waiting, waiting);
    expect(await rejoining.askAgain(SECRET)).toEqual(fail('network.unreachable'));
    expect(await asked()).toMatchObject({ number: null, over: false });
    await rejoining.askAgain(SECRET);
    expect(requests[1]).toEqual(requests[0]);
  });

  it('enters as by joining when the secretary has tapped, and forgets the request', async () => {
    const { rejoining, ledger, asked, heard, requests } = rejoiningWith(waiting, letIn);
    await rejoining.askAgain(SECRET);
    await rejoining.look();
    expect(await ledger.current()).toMatchObject({
      ...{ person: ME, device: requests[0]?.device, token: requests[0]?.token, fresh: true },
    });
    expect(await ledger.records({ kind: 'consent' })).toMatchObject([
      { scope: BRANCH, subject: ME, state: 'saved' },
    ]);
    expect([await asked(), heard]).toEqual([null, ['in']]);
  });

  it('says that it waited too long, and asks under another device then', async () => {
    const { rejoining, asked, requests } = rejoiningWith(
      waiting,
      { state: 'none' },
      waiting,
      waiting,
    );
    await rejoining.askAgain(SECRET);
    await rejoining.look();
    expect(await asked()).toMatchObject({ number: null, over: true });
    await rejoining.askAgain(SECRET);
    const [first, , second] = requests;
    expect(second?.device).not.toBe(first?.device);
  });

  it('goes on waiting where there is no network', async () => {
    const { rejoining, asked } = rejoiningWith(waiting, 'lost', 'lost');
    await rejoining.askAgain(SECRET);
    await rejoining.look();
    await rejoining.look();
    expect((await asked())?.number).toMatch(/^\d{6}$/);
  });
});

describe('a phone that somebody else uses meanwhile', () => {
  it('lets in whoever asked beside them: nobody’s screen becomes another one’s under their hand', async () => {
    const { rejoining, page, ledger, asked } = rejoiningWith(waiting, letIn);
    await ledger.admit(admission({ person: OTHER, device: testId(41), token: 'other' }));
    await rejoining.askAgain(SECRET);
    page.inFront = false;
    await rejoining.look();
    expect((await ledger.current())?.person).toBe(OTHER);
    expect((await ledger.people()).map(({ person }) => person)).toContain(ME);
    expect(await asked()).toBeNull();
    expect(await ledger.records()).toEqual([]);
  });

  it('shows whoever asked where their page is in front', async () => {
    const { rejoining, ledger } = rejoiningWith(waiting, letIn);
    await ledger.admit(admission({ person: OTHER, device: testId(41), token: 'other' }));
    await rejoining.askAgain(SECRET);
    await rejoining.look();
    expect((await ledger.current())?.person).toBe(ME);
  });
});

describe('somebody who is on this phone, ended', () => {
  it('X-11 becomes the new device only when nothing waits under the old one', async () => {
    const { rejoining, ledger, asked } = rejoiningWith(waiting, letIn, letIn);
    await ledger.admit(admission());
    await ledger.write({ kind: 'study', body: STUDY });
    await rejoining.askAgain(SECRET);
    await rejoining.look();
    expect([(await ledger.current())?.device, (await asked())?.over]).toEqual([DEVICE, false]);
    const person = (await ledger.current())!;
    await ledger.sync.applyResults(person, [{ from: 1, to: 1, code: 'ok', n: 1, tag: 'a' }]);
    await rejoining.look();
    expect((await ledger.current())?.device).not.toBe(DEVICE);
    expect(await ledger.records({ kind: 'study' })).toHaveLength(1);
    expect(await ledger.kept('device.former')).toEqual([DEVICE]);
  });
});
