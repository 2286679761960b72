/**
 * `bench roster`: a secretary opens the roster of 200 names on a page six times slower, without a
 * network; from the tap on 名册 to the frame with the names in sight, and to that with the last one.
 */
import { openCounty } from '#tests/e2e/support/county.ts';
import { openHandset, press, see, type, type Handset } from '#tests/e2e/support/handset.ts';
import { planCounty } from '#tests/county/plan-county.ts';
import type { Emit } from './bench.ts';
import { measureTap, median, p95, slowDown } from './slow-phone.ts';

const NAMES = 200;
const TAPS = 20;

export async function run(emit: Emit): Promise<void> {
  const county = await openCounty('demo');
  const handset = await openHandset(county.port, { whole: true });
  try {
    await handset.join(county.invitation('secretary', 0), ['desk']);
    const [first, last] = await fillRoster(handset);
    await handset.loseNetwork();
    await slowDown(handset);
    const took = await measureOpenings(handset, first);
    emit({ figure: 'open-200', value: median(took), unit: 'ms' });
    emit({ figure: 'open-200-p95', value: p95(took), unit: 'ms' });
    const atOnce = median(await measureOpenings(handset, first, AT_ONCE));
    emit({ figure: 'open-200-at-once', value: atOnce, unit: 'ms' });
    const whole = median(await measureOpenings(handset, last));
    emit({ figure: 'open-200-whole', value: whole, unit: 'ms' });
  } finally {
    await handset.close();
    await county.stop();
  }
}

/** Pastes until there are 200; the names that stand first and last. */
async function fillRoster({ phone }: Handset): Promise<[string, string]> {
  await phone.goto('/desk');
  await phone.page.locator('.row-title').first().waitFor();
  const there = await phone.page.locator('.row-title').allTextContents();
  const { branches } = planCounty({ branches: 2, members: 2 * NAMES, seed: 1 });
  const invented = branches.flatMap(({ people }) => people.map(({ names }) => names.hans ?? ''));
  const names = [...new Set(invented)].filter((name) => !there.includes(name));
  const added = names.slice(0, NAMES - there.length);
  await press(phone.page, '粘贴名单');
  await type(phone.page, '名单', added.map((name, at) => `${name}\t${GROUPS[at % 3]}`).join('\n'));
  await press(phone.page, `加上 ${added.length} 人`);
  await see(phone.page, '已存到手机');
  return [there[0] ?? '', added.at(-1) ?? ''];
}

const GROUPS = ['一组', '二组', '三组'];

/** As fast as a finger finds 名册 on a page that has just come, which has read nothing ahead yet. */
const AT_ONCE = { quietMs: 300 };

async function measureOpenings(
  { phone }: Handset,
  name: string,
  when?: { quietMs: number },
): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < TAPS; n += 1) {
    await phone.goto('/activities');
    await phone.page.getByRole('link', { name: '名册' }).first().waitFor();
    took.push(await measureTap(phone.page, '名册', name, when));
  }
  return took;
}
