/**
 * `bench save`: the built app in a real Chromium, its page six times slower, with 5,000 rows in the
 * real database of a member and of a secretary; the network is off once they are there.
 */
import { openCounty } from '#tests/e2e/support/county.ts';
import { openFront } from '#tests/e2e/support/front.ts';
import { fillPhone, type Filling } from '#tests/e2e/support/full-phone.ts';
import { openHandset, press, type Handset } from '#tests/e2e/support/handset.ts';
import { ratio, type Emit } from './bench.ts';
import { BARE_PATH, BARE_SHOWN, measureBareSaves, serveBarePage } from './bare-page.ts';
import { measureStarts, measureTap, median, p95, slowDown, watchFor } from './slow-phone.ts';

const ROWS = 5_000;
const SAVES = 20;
const STARTS = 5;
/** The last line of the first screen. */
const FIRST_SCREEN = '.today-end';

const AGAINST_SAVE = 'one strict put and get';
const AGAINST_START = 'a bare page with the same libraries';

export async function run(emit: Emit): Promise<void> {
  const county = await openCounty('demo');
  const front = await openFront(county.port);
  await serveBarePage(front);
  const open = async (role: 'member' | 'secretary', what: Filling['what']) => {
    const handset = await openHandset(front.port, { whole: true });
    await handset.join(county.invitation(role, 0), role === 'secretary' ? ['desk'] : []);
    await handset.phone.context.addInitScript({
      content: watchFor(`${FIRST_SCREEN}, ${BARE_SHOWN}`),
    });
    await fillPhone(handset, { what, rows: ROWS });
    await slowDown(handset);
    return handset;
  };
  try {
    await measure(emit, await open('member', 'study'), '');
    await measure(emit, await open('secretary', 'rolls'), 'desk-');
  } finally {
    await front.close();
    await county.stop();
  }
}

async function measure(emit: Emit, handset: Handset, who: '' | 'desk-'): Promise<void> {
  const bareStart = median(await measureStarts(handset, BARE_PATH, BARE_SHOWN, STARTS));
  const bareSave = median(await measureBareSaves(handset.phone.page, SAVES));
  await handset.loseNetwork();
  const start = median(await measureStarts(handset, '/', FIRST_SCREEN, STARTS));
  const saves = await measureSaves(handset);
  const against = { against: AGAINST_SAVE, unit: 'ms' } as const;
  const save = median(saves);
  emit({ figure: `${who}save-time`, value: save, ...against, ratio: ratio(save, bareSave) });
  emit({
    figure: `${who}save-p95`,
    value: p95(saves),
    ...against,
    ratio: ratio(p95(saves), bareSave),
  });
  emit({
    figure: `${who}start-time`,
    value: start,
    unit: 'ms',
    against: AGAINST_START,
    ratio: ratio(start, bareStart),
  });
  await handset.close();
}

/** From the tap on 存下 to 已存到手机, read-back included. */
async function measureSaves({ phone }: Handset): Promise<number[]> {
  const took: number[] = [];
  await phone.goto('/study/add');
  for (let n = 0; n < SAVES; n += 1) {
    took.push(await measureTap(phone.page, '存下', '已存到手机'));
    await press(phone.page, '再补一条');
  }
  return took;
}
