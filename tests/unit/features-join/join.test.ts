import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import type { Joining, Look, Rejoining } from '#data/joining.port.ts';
import type { Person } from '#data/ledger/person.ts';
import { createJoinFlow } from '#features/join/join-flow.ts';
import { phoneTrouble, secretOf } from '#features/join/phone-check.ts';
import { fail, ok } from '#lib/result.ts';

const SECRET = 'A'.repeat(43);
const seen: Look = {
  role: 'member',
  names: { hans: '黄国强' },
  place: { hans: '石桥村党支部' },
  county: { id: 'c', names: { hans: '演示县', hant: '演示縣' }, demo: true },
};

function flow(answers: Partial<Joining & Rejoining>, secret: string | null = SECRET) {
  const calls: string[] = [];
  const created = createJoinFlow({
    secret,
    phoneTrouble: async () => null,
    joining: {
      look: (s) => (calls.push('look'), answers.look?.(s) ?? Promise.resolve(ok(seen))),
      join: (s) => (
        calls.push('join'),
        answers.join?.(s) ?? Promise.resolve(fail('server.unavailable'))
      ),
      askAgain: (s) => (calls.push('ask'), answers.askAgain?.(s) ?? Promise.resolve(ok(null))),
    },
  });
  return { ...created, calls };
}

describe('joining', () => {
  it('X-08 spends nothing by opening the link or by 不是我', async () => {
    const { look, turn, step, calls } = flow({});
    await look();
    turn('not-me');
    expect(step.value.at).toBe('not-me');
    turn('asking');
    expect(step.value.at).toBe('asking');
    expect(calls).toEqual(['look']);
  });

  it('X-08 has a way on for an expired and an unknown invitation', async () => {
    for (const [code, trouble] of [
      ['invitation.expired', 'expired'],
      ['invitation.unknown', 'unknown'],
      ['network.unreachable', 'offline'],
      ['network.portal', 'portal'],
      ['server.unavailable', 'server'],
    ] as const) {
      const { look, step } = flow({ look: async () => fail(code) });
      await look();
      expect(step.value).toMatchObject({ at: 'trouble', trouble });
    }
  });

  it('X-08 tells whom to ask when another phone used the invitation', async () => {
    const used = async () => fail('invitation.used' as const);
    const { look, step } = flow({ look: used, join: used });
    await look();
    expect(step.value).toEqual({ at: 'trouble', trouble: 'used', way: 'open' });
  });

  it('X-08 asks the secretary by a used or expired invitation, once, and by no other', async () => {
    const look = (code: 'invitation.expired' | 'invitation.unknown') => async () => fail(code);
    const expired = flow({ look: look('invitation.expired') });
    await expired.look();
    await Promise.all([expired.askAgain(), expired.askAgain()]);
    expect(expired.calls).toEqual(['look', 'ask']);
    const unknown = flow({ look: look('invitation.unknown') });
    await unknown.look();
    await unknown.askAgain();
    expect(unknown.calls).toEqual(['look']);
  });

  it.each([
    ['invitation.asked', 'asked'],
    ['invitation.expired', 'expired'],
    ['network.timeout', 'offline-joining'],
  ] as const)('says so where asking ends with %s, and offers it no more', async (code, trouble) => {
    const { look, askAgain, step } = flow({
      look: async () => fail('invitation.expired'),
      askAgain: async () => fail(code),
    });
    await look();
    await askAgain();
    expect(step.value).toEqual({ at: 'trouble', trouble });
  });

  it('S-02 goes on where this phone used it and the answer was lost', async () => {
    const { look, step } = flow({
      look: async () => fail('invitation.used'),
      join: async () => ok({} as Person),
    });
    await look();
    expect(step.value.at).toBe('done');
  });

  it('does not claim that an invitation is unspent when the answer to joining was lost', async () => {
    const { look, join, step } = flow({ join: async () => fail('network.timeout') });
    await look();
    await join();
    expect(step.value).toEqual({ at: 'trouble', trouble: 'offline-joining' });
  });

  it('asks nobody when the link was cut', async () => {
    const { look, step, calls } = flow({}, null);
    await look();
    expect([step.value, calls]).toEqual([{ at: 'trouble', trouble: 'bad-link' }, []]);
  });

  it('sends one request however often the button is pressed', async () => {
    const { look, join, calls } = flow({});
    await look();
    await Promise.all([join(), join()]);
    expect(calls).toEqual(['look', 'join']);
  });
});

describe('the link', () => {
  it('gives the secret of its fragment, and nothing when it was mangled', () => {
    expect(secretOf(`#${SECRET}`)).toBe(SECRET);
    expect(secretOf(`#${SECRET}.key`)).toBe(SECRET);
    expect([secretOf(''), secretOf('#abc'), secretOf(`#${SECRET}A`)]).toEqual([null, null, null]);
  });
});

describe('the phone', () => {
  const browser = (extra: object) => ({
    isSecureContext: true,
    crypto: { subtle: {} },
    indexedDB: new IDBFactory(),
    navigator: { userAgent: 'Mozilla/5.0 (Linux; Android 10)', serviceWorker: {} },
    ...extra,
  });
  const wechat = 'Mozilla/5.0 (iPhone; CPU iPhone OS 16_0) MicroMessenger/8.0.40';

  it('is fine with https, keys and storage', async () => {
    expect(await phoneTrouble(browser({}))).toBeNull();
  });

  it('P-10 is sent to the browser by WeChat on iOS, before anything is spent', async () => {
    expect(await phoneTrouble(browser({ navigator: { userAgent: wechat } }))).toBe('wechat-ios');
  });

  it('can not join on plain http from another machine', async () => {
    expect(await phoneTrouble(browser({ isSecureContext: false }))).toBe('insecure');
    expect(await phoneTrouble(browser({ crypto: {} }))).toBe('insecure');
  });

  it('D-18 can not join where nothing is kept', async () => {
    expect(await phoneTrouble(browser({ indexedDB: undefined }))).toBe('no-storage');
    const blocked = Object.defineProperty(browser({}), 'indexedDB', {
      get: () => {
        throw new Error('blocked');
      },
    });
    expect(await phoneTrouble(blocked)).toBe('no-storage');
  });
});
