import { describe, expect, it } from 'vitest';
import { agreeToNotice, putOffNotice, readNotice } from '#data/notice.ts';
import { NOTICE_VERSION } from '#domain/consent.ts';
import { CURSOR_START } from '#protocol/limits.ts';
import {
  activityRow,
  BRANCH,
  grant,
  joinedLedger,
  ME,
  pageOf,
  testId,
} from '#tests/support/test-ledger.ts';

/** The notice after this one. */
const NEXT = NOTICE_VERSION + 1;
const consent = (notice = NOTICE_VERSION) => ({
  ...{ kind: 'consent', scope: BRANCH, subject: ME, body: { notice } },
});

/** Somebody who said yes to the notice of today when they joined. */
async function agreed() {
  const { ledger, person } = await joinedLedger();
  await ledger.write(consent());
  const written = async () => (await ledger.sync.listUnsent(person, 99)).records;
  return { ledger, written };
}

describe('a notice that has changed', () => {
  it('is asked about once, and the yes is a new record beside the old one', async () => {
    const { ledger, written } = await agreed();
    expect(await readNotice(ledger)).toMatchObject({ asks: false, outdated: [] });
    expect(await readNotice(ledger, NEXT)).toMatchObject({ asks: true, outdated: [BRANCH] });
    expect(await agreeToNotice(ledger, NEXT)).toMatchObject({ ok: true });
    expect(await readNotice(ledger, NEXT)).toMatchObject({
      ...{ asks: false, outdated: [], agreed: { notice: NEXT } },
    });
    expect((await written()).map((record) => 'body' in record && record.body)).toEqual([
      { notice: NOTICE_VERSION },
      { notice: NEXT },
    ]);
    // A second tap says nothing new.
    expect(await agreeToNotice(ledger, NEXT)).toEqual({ ok: true, value: [] });
    expect(await written()).toHaveLength(2);
  });

  it('X-22 put off: nothing is written, nobody is told, and everything goes on as before', async () => {
    const { ledger, written } = await agreed();
    await putOffNotice(ledger, NEXT);
    expect(await readNotice(ledger, NEXT)).toMatchObject({ asks: false, outdated: [BRANCH] });
    expect(await written()).toMatchObject([{ kind: 'consent', body: { notice: NOTICE_VERSION } }]);
    const study = { day: '2026-03-01', minutes: 30, how: 'app' };
    expect(await ledger.write({ kind: 'study', body: study })).toMatchObject({ ok: true });
    // The one after that is another question.
    expect(await readNotice(ledger, NEXT + 1)).toMatchObject({ asks: true });
  });

  it('X-22 whose yes was erased, or who never gave one, is not asked', async () => {
    const { ledger } = await joinedLedger('secretary');
    expect(await readNotice(ledger, NEXT)).toMatchObject({
      agreed: null,
      outdated: [],
      asks: false,
    });
    const id = testId(900);
    await ledger.write({ ...consent(), id });
    await ledger.write({ kind: 'erasure', scope: BRANCH, body: { records: [id] } });
    expect(await readNotice(ledger, NEXT)).toMatchObject({
      agreed: null,
      outdated: [],
      asks: false,
    });
  });
});

describe('a branch that took somebody over', () => {
  const NEW = testId(901);
  const transfer = () =>
    activityRow(7, {
      ...{ id: testId(902), kind: 'transfer', scope: NEW, subject: ME },
      body: { way: 'in', day: '2026-03-01', code: 'ABCDEFGHJKMNPQRS' },
    });

  /** Whom another branch has taken over; the phone follows its rows. */
  async function moved(rows = [transfer()]) {
    const { ledger, person } = await joinedLedger();
    await ledger.write(consent());
    await ledger.sync.applyGrants(person, [grant('member', NEW), grant('left')]);
    await ledger.sync.applyPage(person, pageOf(rows, { scope: NEW }), CURSOR_START);
    return ledger;
  }

  it('S-15 is agreed to once, by a consent there as joining writes one', async () => {
    const ledger = await moved();
    expect(await readNotice(ledger)).toMatchObject({ asks: true, outdated: [NEW], moved: true });
    expect(await agreeToNotice(ledger)).toMatchObject({ ok: true });
    expect(await ledger.records({ kind: 'consent', scope: NEW })).toMatchObject([
      { subject: ME, body: { notice: NOTICE_VERSION } },
    ]);
    expect(await readNotice(ledger)).toMatchObject({ asks: false, outdated: [], moved: false });
  });

  it('X-22 put off, it is not asked again, and the next notice asks nothing of the branch that was left', async () => {
    const ledger = await moved();
    await putOffNotice(ledger);
    expect(await readNotice(ledger)).toMatchObject({ asks: false, outdated: [NEW] });
    expect(await readNotice(ledger, NEXT)).toMatchObject({ outdated: [NEW] });
  });

  it('is not asked about where nobody took them over', async () => {
    const ledger = await moved([]);
    expect(await readNotice(ledger)).toMatchObject({ asks: false, outdated: [] });
  });
});
