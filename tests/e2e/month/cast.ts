/** Who is in the month's story: people of the demonstration county, and the phones they have. */
import { createHeadlessDevice, type HeadlessDevice } from '#tests/support/headless-device.ts';
import { openCounty, type County } from '#tests/e2e/support/county.ts';
import { openHandset, press, type Handset } from '#tests/e2e/support/handset.ts';

export const GRANDFATHER = '黄国强';
export const GRANDMOTHER = '阿依古丽·买买提江';
export const HEIR = '万家发';
export const DEPUTY = '郑玉兰';
export const THIRD = ['周建华', '林秀英', '叶志明', '余干'] as const;
/** The four digits before the grandfather's page. */
export const DIGITS = '2468';

export const SYNCED = { timeout: 20_000, interval: 200 };

export interface Cast {
  county: County;
  /** Of two: grandfather and grandmother. */
  household: Handset;
  secretary: Handset;
  heir: Handset;
  deputy: HeadlessDevice;
  /** A blank phone, until the grandfather's is lost. */
  found: Handset;
  /** The second branch's secretary. */
  neighbour: Handset;
  close(): Promise<void>;
}

/** The phones of a branch on the first of the month; only the secretaries have joined. */
export async function openCast(): Promise<Cast> {
  const county = await openCounty('demo');
  const server = `http://localhost:${county.port}`;
  const deputy = await createHeadlessDevice({
    server,
    invitation: county.invitation('secretary', 1),
  });
  const phones: Handset[] = [];
  const open = async () => {
    const handset = await openHandset(county.port);
    phones.push(handset);
    return handset;
  };
  const household = await open();
  const secretary = await open();
  const heir = await open();
  const found = await open();
  const neighbour = await open();
  await deputy.enrol();
  await heir.join(county.invitation('member', 2));
  await household.join(county.invitation('member', 0));
  await secretary.join(county.invitation('secretary', 0), ['desk']);
  await neighbour.join(county.invitation('secretary', 2), ['desk']);
  await deputy.sync();
  return {
    ...{ county, household, secretary, heir, deputy, found, neighbour },
    async close() {
      await Promise.all([...phones.map((phone) => phone.close()), deputy.close()]);
      await county.stop();
    },
  };
}

/** Somebody's row on the roster; above it the desk is asked about who has joined. */
export async function openPerson({ phone, page }: Handset, name: string): Promise<void> {
  await phone.goto('/desk');
  await press(page, new RegExp(`^${name}(?!已加入|换了)`));
}
