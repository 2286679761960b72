import { describe, expect, it } from 'vitest';
import { toBase64Url } from '#lib/base64.ts';
import { canonicalJson } from '#lib/canonical-json.ts';
import { innerHash } from '#domain/records.ts';
import type { WireRow } from '#protocol/record.ts';
import type { Page } from '#protocol/sync.ts';
import {
  CARD,
  erasureOf,
  everything,
  member,
  memberPage,
  roster,
  row,
  rowsOf,
  WRONG,
} from '#tests/support/erasure.ts';
import { joinedLedger, ME, OTHER, pageOf, testId } from '#tests/support/test-ledger.ts';

/** A wrong name, the right one, an erasure of the first. */
const wrong = row(1, member());
const right = row(2, member('黄国强'));
const erasure = row(3, erasureOf(wrong.id));

/** The wrong name as the server sends it once it is erased. */
const inner = toBase64Url(innerHash('AAAAAAAAAAA', canonicalJson(member().body)));
const asErased = row(1, { ...member(), erased: inner, salt: undefined, body: undefined } as never);

const deskPage = (...rows: WireRow[]): Page => pageOf(rows, { view: 'desk' });

async function deskWith(...pages: Page[]) {
  const phone = await joinedLedger('secretary');
  for (const page of pages)
    await phone.ledger.sync.applyPage(phone.person, page, { n: 0, tag: '' });
  return phone;
}

describe('an erasure that comes with a page', () => {
  it('drops body and salt, keeps header and hash, and the person goes by the right name', async () => {
    const { ledger } = await deskWith(deskPage(wrong, right));
    const [before] = await rowsOf(ledger);
    const { ledger: after } = await deskWith(deskPage(wrong, right), memberPage(erasure));
    const [erased] = await rowsOf(after);
    expect(erased?.hash).toBe(before?.hash);
    expect(erased).toMatchObject({ kind: 'member', subject: OTHER, seq: 1, n: 1, salt: '' });
    expect(erased?.erased).toBe(inner);
    expect(await everything(after)).not.toContain(WRONG);
    expect(await roster(after)).toEqual([[OTHER, '黄国强']]);
    expect((await after.records({ kind: 'member' })).map(({ id }) => id)).toEqual([right.id]);
  });

  it('a person whose only record is erased is on no roster any more', async () => {
    const { ledger } = await deskWith(deskPage(wrong), memberPage(erasure));
    expect(await roster(ledger)).toEqual([]);
  });

  it('S-03 leaves the same in any order, together or apart, and as often as it comes', async () => {
    const orders = [
      [deskPage(wrong, right), memberPage(erasure)],
      [memberPage(erasure), deskPage(wrong, right)],
      [memberPage(erasure), deskPage(right), deskPage(wrong), memberPage(erasure)],
      [deskPage(wrong, right), memberPage(erasure), deskPage(wrong, right)],
      [deskPage(asErased, right), memberPage(erasure)],
      [deskPage(asErased, right), deskPage(wrong), memberPage(erasure)],
      [deskPage(wrong, asErased, right), memberPage(erasure, erasure)],
    ];
    const ends = [];
    for (const order of orders) ends.push(await rowsOf((await deskWith(...order)).ledger));
    for (const end of ends) expect(end).toEqual(ends[0]);
  });

  it('S-03 an erased row that comes a second time in full stays erased, also before the erasure is here', async () => {
    const { ledger } = await deskWith(deskPage(asErased), deskPage(wrong));
    expect(await everything(ledger)).not.toContain(WRONG);
  });

  it('takes neither a role nor a row of another branch, and waits where it is to be confirmed', async () => {
    const role = row(4, {
      ...{ kind: 'role', subject: OTHER },
      body: { role: 'secretary', names: { hans: WRONG }, card: CARD, from: '2026-01-01' },
    });
    const elsewhere = row(5, { ...member(), scope: testId(77) });
    const doubtful = row(6, { ...erasureOf(right.id), confirm: 'same-id' });
    const { ledger } = await deskWith(
      deskPage(role, elsewhere, right),
      memberPage(row(7, erasureOf(role.id, elsewhere.id)), doubtful),
    );
    const erased = (await rowsOf(ledger)).filter((each) => each.erased !== undefined);
    expect(erased).toEqual([]);
  });

  it('takes a record of a kind that only a later version knows', async () => {
    const visit = row(4, { kind: 'visit', body: { words: WRONG } });
    const { ledger } = await deskWith(memberPage(visit, row(5, erasureOf(visit.id))));
    expect(await everything(ledger)).not.toContain(WRONG);
  });

  it('reaches the member’s own phone too', async () => {
    const phone = await joinedLedger();
    const own = row(1, { ...member(), subject: ME });
    await phone.ledger.sync.applyPage(phone.person, memberPage(own, row(2, erasureOf(own.id))), {
      n: 0,
      tag: '',
    });
    expect(await everything(phone.ledger)).not.toContain(WRONG);
  });
});
