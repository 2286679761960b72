/** The database's files broken between two launches: Chromium opens what is left of them, or nothing, without a word. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MIRROR_KEY } from '#data/ledger/mirror-head.ts';
import { openCounty, type County } from './support/county.ts';
import { openHandset, press, see, type Handset } from './support/handset.ts';
import { brokenRows, heldOn, unsentOn, writtenOn } from './support/store.ts';
import {
  databaseFolder,
  deleteManifest,
  emptyCurrent,
  flipBytes,
  halveLog,
} from './support/surgery.ts';

const SOON = { timeout: 30_000 };

describe('a database whose files are broken between two launches', () => {
  const profileDir = mkdtempSync(join(tmpdir(), 'rixue-files-'));
  let county: County;
  let handset: Handset;

  beforeAll(async () => {
    county = await openCounty('demo');
    handset = await openHandset(county.port, { profileDir });
    await handset.join(county.invitation('member', 0));
  });
  afterEach(() => handset.proxy.open());
  afterAll(async () => {
    await handset.close();
    await county.stop();
    rmSync(profileDir, { recursive: true, force: true });
  });

  /** Two records that nobody has but this phone and its mirror. */
  async function saveTwo(): Promise<string[]> {
    const { page, phone } = handset;
    await handset.loseNetwork();
    await phone.goto('/study/add');
    await press(page, '存下');
    await see(page, '已存到手机');
    await press(page, '再补一条');
    await press(page, '存下');
    await see(page, '已存到手机');
    const ids = (await unsentOn(page)).map(({ id }) => id);
    await page.waitForFunction(isMirrored, [MIRROR_KEY, ...ids]);
    return ids;
  }

  /** Ends the browser in good order, so that the mirror is written, and starts it on the broken files. */
  async function startOn(surgery: (folder: string) => void): Promise<void> {
    await handset.phone.close();
    surgery(databaseFolder(profileDir));
    await handset.phone.relaunch('/me/phone');
  }

  /** What was not sent is back from the mirror, the rest comes back from the county, and all is there once. */
  const survives = (surgery: (folder: string) => void) => async () => {
    const ids = await saveTwo();
    const before = await heldOn(handset.page);
    const own = (await writtenOn(handset.page)).length;
    await startOn(surgery);
    await see(handset.page, /坏过一次，[1-9]\d* 条没送的放回去了/);
    const back = (await unsentOn(handset.page)).map(({ id }) => id);
    expect(back).toEqual(expect.arrayContaining(ids));
    await handset.findNetwork();
    await expect.poll(() => unsentOn(handset.page), SOON).toEqual([]);
    await expect.poll(() => heldOn(handset.page), SOON).toEqual(before);
    expect(await writtenOn(handset.page)).toHaveLength(own);
    expect(await brokenRows(handset.page)).toEqual([]);
    expect(await storedTwice(county)).toEqual([]);
  };

  it('D-05 half of its log gone: nothing is lost and nothing is there twice', survives(halveLog));
  it(
    'D-06 64 bytes of it flipped: nothing is lost and nothing is there twice',
    survives(flipBytes),
  );
  it(
    'D-06 its pointer emptied: nothing is lost and nothing is there twice',
    survives(emptyCurrent),
  );

  it('D-09 its list of files deleted, so that it never opens: the screen says so and shows the way out', async () => {
    const ids = await saveTwo();
    await startOn(deleteManifest);
    const { page } = handset;
    await see(page, '手机里的存储打不开');
    for (const id of ids) await see(page, `"id":"${id}"`);
    await handset.phone.goto('/report');
    await page.locator('main h1, main h2').first().waitFor();
  });
});

/** Runs in the page. */
function isMirrored([key = '', ...ids]: string[]): boolean {
  const mirror = Object.keys(localStorage)
    .filter((name) => name.startsWith(key))
    .map((name) => localStorage.getItem(name))
    .join();
  return ids.every((id) => mirror.includes(id));
}

/** Ids of which the server holds more than one record. */
async function storedTwice(county: County): Promise<string[]> {
  const sql = 'select id from records group by id having count(*) > 1';
  return (await county.rows<{ id: string }>(sql)).map(({ id }) => id);
}
