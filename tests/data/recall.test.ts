import { describe, expect, it } from 'vitest';
import { fail, ok } from '#lib/result.ts';
import { keepTokens, recallPeople } from '#sync/recall.ts';
import type { Transport } from '#sync/transport.port.ts';
import {
  admission,
  createTestLedger,
  joinedLedger,
  OTHER,
  STUDY,
  testId,
} from '#tests/support/test-ledger.ts';

const { signing: _, ...known } = admission({ token: 'A'.repeat(43) });
const DAY_MS = 86_400_000;

/** A server that answers every path with the same. */
function server(json: unknown) {
  const asked: [string, string | undefined, string | undefined][] = [];
  const transport: Transport = {
    async post(path, _packet, token, cookies) {
      asked.push([path, token, cookies]);
      if (json === null)
        return fail({ code: 'network.unreachable', answering: false, retryAfter: null });
      return ok({ json, sentAt: 0, receivedAt: 0 });
    },
  };
  return { transport, asked };
}

describe('a phone on which nobody is known any more', () => {
  it('D-15 gets its people back as the same devices and uses no seq twice', async () => {
    const { ledger } = createTestLedger();
    const two = { ...known, person: OTHER, device: testId(9), token: 'B'.repeat(43), seq: 0 };
    const { transport, asked } = server({ people: [{ ...known, seq: 7 }, two] });
    expect(await recallPeople({ ledger, transport })).toBe(2);
    expect(asked).toEqual([['/api/join/recall', undefined, 'with cookies']]);
    expect(await ledger.current()).toMatchObject({ ...known, fresh: true });
    expect(await ledger.write({ kind: 'study', body: STUDY })).toMatchObject({
      ok: true,
      value: { seq: 8 },
    });
    expect(await recallPeople({ ledger, transport })).toBe(0);
    expect(asked).toHaveLength(1);
  });

  it('D-15 that cannot ask, or is told nonsense, stays as it is', async () => {
    const { ledger } = createTestLedger();
    for (const told of [null, {}, { people: [{ person: 'x' }] }])
      expect(await recallPeople({ ledger, transport: server(told).transport })).toBeNull();
    expect(await recallPeople({ ledger, transport: server({ people: [] }).transport })).toBe(0);
    expect(await ledger.people()).toEqual([]);
  });
});

describe('cookies of who is here', () => {
  it('are laid down at once, then twice a year, whatever the clock does', async () => {
    const { ledger, clock, person } = await joinedLedger();
    const { transport, asked } = server({ kept: true });
    const keep = () => keepTokens({ ledger, transport, clock });
    await keep();
    expect(asked).toEqual([['/api/join/keep', person.token, 'with cookies']]);
    clock.pass(179 * DAY_MS);
    await keep();
    expect(asked).toHaveLength(1);
    clock.pass(DAY_MS);
    await keep();
    expect(asked).toHaveLength(2);
    clock.set(0);
    await keep();
    expect(asked).toHaveLength(3);
  });

  it('are asked for again at the next start where none was laid down', async () => {
    const { ledger, clock } = await joinedLedger();
    for (const told of [{ kept: false }, null]) {
      const { transport, asked } = server(told);
      await keepTokens({ ledger, transport, clock });
      expect(asked).toHaveLength(1);
    }
  });
});
