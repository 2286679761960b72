import { describe, expect, it } from 'vitest';
import { fromBase64Url } from '#lib/base64.ts';
import { recordSchema, type WireRecord, type WireRow } from '#protocol/record.ts';
import { SELF_KIND } from '#domain/kinds.ts';
import * as v from 'valibot';
import {
  admission,
  createTestLedger,
  DEVICE,
  joinedLedger,
  ME,
  pageOf,
  STUDY,
} from '#tests/support/test-ledger.ts';

const SCOPE = `person:${ME}`;

function ciphertextOf(wire: WireRecord | undefined): string {
  return wire && 'body' in wire ? String(wire.body) : '';
}

describe('a self record on the wire', () => {
  it('shows id, scope, seq and ciphertext, and nothing else', async () => {
    const { ledger, person } = await joinedLedger();
    await ledger.write({ kind: 'study', body: { ...STUDY, note: 'my own note' } });
    const [wire] = (await ledger.sync.listUnsent(person, 1)).records;
    expect(Object.keys(wire ?? {}).sort()).toEqual(['body', 'id', 'kind', 'salt', 'scope', 'seq']);
    expect(wire).toMatchObject({ kind: SELF_KIND, scope: SCOPE, seq: 1 });
    expect(v.safeParse(recordSchema, wire).success).toBe(true);
    const text = new TextDecoder('latin1').decode(fromBase64Url(ciphertextOf(wire)) ?? undefined);
    expect(text).not.toMatch(/note|study|2026/);
  });

  it('is as long for one day as for another, and its id tells no time', async () => {
    const { ledger, clock, person } = await joinedLedger();
    await ledger.write({ kind: 'study', body: STUDY });
    clock.pass(86_400_000);
    await ledger.write({
      kind: 'study',
      body: { day: '2026-03-02', minutes: 5, how: 'other', note: 'ten words' },
    });
    const [first, second] = (await ledger.sync.listUnsent(person, 2)).records;
    expect(ciphertextOf(second).length).toBe(ciphertextOf(first).length);
    for (const wire of [first, second]) expect(wire?.id[14]).toBe('4');
  });

  it('fits the wire with the longest note, and says so when a body would not', async () => {
    const { ledger, person } = await joinedLedger();
    expect(
      await ledger.write({ kind: 'study', body: { ...STUDY, note: '学'.repeat(400) } }),
    ).toMatchObject({ ok: true });
    const [wire] = (await ledger.sync.listUnsent(person, 1)).records;
    expect(v.safeParse(recordSchema, wire).success).toBe(true);
    // A quote mark takes two bytes of JSON and no more than three of a Chinese character.
    expect(
      await ledger.write({ kind: 'study', body: { ...STUDY, note: '\u0001'.repeat(400) } }),
    ).toEqual({
      ok: false,
      error: 'write.too-large',
    });
  });

  it('comes back from the server into an empty store and opens', async () => {
    const here = await joinedLedger();
    await here.ledger.write({ kind: 'study', body: STUDY });
    const [wire] = (await here.ledger.sync.listUnsent(here.person, 1)).records;
    const row = { ...wire, device: DEVICE, n: 1 } as WireRow;
    const page = pageOf([row], { scope: SCOPE, view: 'self' });
    expect(await here.ledger.sync.applyPage(here.person, page, { n: 0, tag: '' })).toBe(0);
    expect(await here.ledger.records({ kind: 'study' })).toMatchObject([
      { n: 1, state: 'sent', body: STUDY },
    ]);
    expect(await here.ledger.unsent()).toBe(0);
  });

  it('of a device with another key is kept and not folded', async () => {
    const one = await joinedLedger();
    await one.ledger.write({ kind: 'study', body: STUDY });
    const [wire] = (await one.ledger.sync.listUnsent(one.person, 1)).records;
    const two = createTestLedger();
    const person = await two.ledger.admit(admission());
    const row = { ...wire, n: 1 } as WireRow;
    await two.ledger.sync.applyPage(person, pageOf([row], { scope: SCOPE, view: 'self' }), {
      n: 0,
      tag: '',
    });
    expect(await two.ledger.records({ kind: 'study' })).toEqual([]);
    expect(await two.ledger.records({ kind: SELF_KIND })).toMatchObject([{ body: null, n: 1 }]);
  });
});
