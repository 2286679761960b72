/** What a save asks of the disk; runs where strace may follow a browser (`npm run faults`). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { treeOf } from '#tests/support/process-tree.ts';
import { canTrace, traceSyncs } from '#tests/support/strace.ts';
import { openCounty, type County } from './support/county.ts';
import { openHandset, press, see, type Handset } from './support/handset.ts';

const SAVES = 20;

describe.runIf(canTrace)('saving, seen from the system', () => {
  let county: County;
  let handset: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    handset = await openHandset(county.port);
    await handset.join(county.invitation('member', 0));
  });
  afterAll(async () => {
    await handset.close();
    await county.stop();
  });

  it('D-01 twenty records are twenty syncs of the database at least', async () => {
    const { page, phone } = handset;
    await handset.loseNetwork();
    await phone.goto('/study/add');
    const tracing = await traceSyncs(treeOf(`--user-data-dir=${phone.profileDir}`));
    for (let n = 0; n < SAVES; n += 1) {
      await press(page, '存下');
      await see(page, '已存到手机');
      await press(page, '再补一条');
    }
    const synced = await tracing.end();
    const ofDatabase = synced.filter((path) => path.includes('/IndexedDB/'));
    expect(ofDatabase.length).toBeGreaterThanOrEqual(SAVES);
  });
});
