import { describe, expect, it } from 'vitest';
import { KEPT_COUNTY } from '#data/county.ts';
import { fail, ok } from '#lib/result.ts';
import { learnCounty } from '#sync/county.ts';
import type { Transport } from '#sync/transport.port.ts';
import { COUNTY, createTestLedger, joinedLedger } from '#tests/support/test-ledger.ts';

const county = { id: COUNTY, names: { hans: '演示县', hant: '演示縣' }, demo: true };

function answering(json: unknown) {
  const asked: { path: string; token: string | undefined }[] = [];
  const transport: Transport = {
    async post(path, _packet, token) {
      asked.push({ path, token });
      return json instanceof Error
        ? fail({ code: 'network.unreachable', answering: false, retryAfter: null })
        : ok({ json, sentAt: 1, receivedAt: 1 });
    },
  };
  return { transport, asked };
}

describe('a phone on which nobody has joined', () => {
  it('learns which county this is and keeps it for starts without a network', async () => {
    const { ledger } = createTestLedger();
    const { transport, asked } = answering({ ...county, 'of a later version': 1 });
    await learnCounty({ ledger, transport });
    expect(asked).toEqual([{ path: '/api/county', token: undefined }]);
    await learnCounty({ ledger, transport: answering(new Error('no network')).transport });
    expect(await ledger.kept(KEPT_COUNTY)).toEqual(county);
  });

  it('takes no portal’s word for it', async () => {
    const { ledger } = createTestLedger();
    await learnCounty({ ledger, transport: answering({ welcome: 'wifi' }).transport });
    expect(await ledger.kept(KEPT_COUNTY)).toBeNull();
  });

  it('does not ask once somebody has joined', async () => {
    const { ledger } = await joinedLedger();
    const { transport, asked } = answering(county);
    await learnCounty({ ledger, transport });
    expect(asked).toEqual([]);
  });
});
