/** Records that wait for a person, and what the desk decided about them. */
import { describe, expect, it } from 'vitest';
import { foldActivities } from '#domain/activities.ts';
import { foldWaiting } from '#features/desk/waiting.ts';
import { CURSOR_START } from '#protocol/limits.ts';
import { activityRow, BRANCH, joinedLedger, pageOf, testId } from '#tests/support/test-ledger.ts';

const late = { ...activityRow(1), confirm: 'after-role' };

/** The phone of a secretary to which a record came that waits. */
async function phone() {
  const { ledger, person } = await joinedLedger('secretary');
  await ledger.sync.applyPage(person, pageOf([late, activityRow(2)]), CURSOR_START);
  const held = () => ledger.records({ kind: 'activity', scope: BRANCH });
  const waiting = async () => foldWaiting(await ledger.records({ scope: BRANCH }));
  const hash = (await held()).find(({ id }) => id === late.id)?.hash ?? '';
  const counting = async () => foldActivities(await held()).map(({ id }) => id);
  const decide = (counts: boolean, more: object = {}) =>
    ledger.write({
      ...{ kind: 'decision', scope: BRANCH, subject: null },
      body: { record: late.id, hash, counts, ...more },
    });
  return { ledger, person, held, waiting, counting, decide, hash };
}

describe('a record that waits', () => {
  it('is shown to the desk with its reason, and counts for nobody', async () => {
    const { waiting, counting } = await phone();
    expect(await waiting()).toMatchObject([{ row: { id: late.id, confirm: 'after-role' } }]);
    expect(await counting()).toEqual([testId(1_002)]);
  });

  it('counts once the desk says so, and again not; the last word stands', async () => {
    const { waiting, counting, decide, held } = await phone();
    expect(await decide(true)).toMatchObject({ ok: true });
    expect(await waiting()).toEqual([]);
    expect(await counting()).toEqual([late.id, testId(1_002)]);
    await decide(false);
    expect(await waiting()).toEqual([]);
    expect(await counting()).toEqual([testId(1_002)]);
    // Facts are never updated: the record is still here as it came.
    expect((await held()).find(({ id }) => id === late.id)).toMatchObject({
      confirm: 'after-role',
      declined: true,
    });
  });

  it('keeps waiting where the decision names another record or another content', async () => {
    const { counting, decide } = await phone();
    await decide(true, { record: testId(1_002) });
    await decide(true, { hash: 'x'.repeat(43) });
    expect(await counting()).toEqual([testId(1_002)]);
  });

  it('counts at once where the decision was here before it', async () => {
    const { ledger, person, hash } = await phone();
    const fresh = await joinedLedger();
    const decision = activityRow(3, {
      kind: 'decision',
      body: { record: late.id, hash, counts: true },
    });
    await fresh.ledger.sync.applyPage(fresh.person, pageOf([decision]), CURSOR_START);
    await fresh.ledger.sync.applyPage(fresh.person, pageOf([late]), { n: 3, tag: 'tag-3' });
    expect(foldActivities(await fresh.ledger.records({ kind: 'activity' }))).toHaveLength(1);
    // And nowhere where it waits itself.
    await ledger.sync.applyPage(person, pageOf([{ ...decision, confirm: 'unsealed' }]), {
      n: 2,
      tag: 'tag-2',
    });
    expect(foldActivities(await ledger.records({ kind: 'activity' }))).toHaveLength(1);
  });

  it('is not shown where a tap in the roll has answered it', async () => {
    const { ledger, person } = await joinedLedger('secretary');
    const body = { activity: testId(9), state: 'present', how: 'tap' };
    const about = { kind: 'check-in', subject: testId(8) };
    const doubtful = { ...activityRow(1, { ...about, body }), confirm: 'carried' };
    const rows = [
      doubtful,
      activityRow(2, { ...about, body: { ...body, replaces: [doubtful.id] } }),
    ];
    await ledger.sync.applyPage(person, pageOf(rows, { view: 'desk' }), CURSOR_START);
    expect(foldWaiting(await ledger.records({ scope: BRANCH }))).toEqual([]);
  });
});
