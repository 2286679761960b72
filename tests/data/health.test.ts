import { expect, it } from 'vitest';
import { KEPT_HEALTH, type KeptHealth } from '#data/health.port.ts';
import { fail, ok } from '#lib/result.ts';
import { createHealth } from '#sync/health.ts';
import type { Transport } from '#sync/transport.port.ts';
import { admission, createTestLedger, ME } from '#tests/support/test-ledger.ts';

const facts = {
  ...{ now: 5, upSince: 1, build: 'a', schema: 'b', database: '18.4', connections: 1, waiting: 0 },
  ...{ disk: null, backup: { automatic: false, last: null }, drill: null },
  acts: { count: 0, audited: null },
};

function healthWith(answers: unknown[]) {
  const test = createTestLedger();
  const asked: unknown[] = [];
  const transport: Transport = {
    async post(path, { bytes }, token) {
      asked.push([path, new TextDecoder().decode(bytes), token]);
      const json = answers.shift();
      if (json instanceof Error)
        return fail({ code: 'network.unreachable', answering: false, retryAfter: null });
      return ok({ json, sentAt: 6, receivedAt: 7 });
    },
  };
  const kept = () => test.ledger.kept<KeptHealth>(KEPT_HEALTH);
  return { ...test, asked, kept, health: createHealth({ ledger: test.ledger, transport }) };
}

it('keeps the last answer with the time at which it came, also when the next one does not come', async () => {
  const grown = { ...facts, 'of a later version': true };
  const { health, kept, asked, ledger } = healthWith([grown, new Error(), '<html>']);
  const { token } = await ledger.admit(admission());
  expect(await health.ask()).toEqual({ ok: true, value: null });
  expect(asked).toEqual([['/api/health', '{}', token]]);
  expect(await kept()).toMatchObject({ facts, at: 7 });
  expect(await health.ask()).toEqual({ ok: false, error: 'network.unreachable' });
  expect(await health.ask()).toEqual({ ok: false, error: 'network.portal' });
  expect(await kept()).toMatchObject({ facts, at: 7 });
});

it('is kept for its person alone, and nobody’s token is asked with where nobody has joined', async () => {
  const { health, ledger, asked } = healthWith([facts]);
  expect(await health.ask()).toEqual({ ok: false, error: 'session.unknown' });
  expect(asked).toEqual([]);
  await ledger.admit(admission());
  await health.ask();
  expect(await ledger.sync.keptFor(ME, KEPT_HEALTH)).not.toBe(null);
  expect(await ledger.sync.keptFor('', KEPT_HEALTH)).toBe(null);
});
