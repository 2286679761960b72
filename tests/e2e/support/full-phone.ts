/** A phone with years on it: thousands of rows that the app's own ledger wrote, in the app's own database. */
import type { Handset } from './handset.ts';
import { bundleForPage } from './page-bundle.ts';

const NAME = 'rixueFill';
/** Of the app's own site and without the app, whose screens would follow every row. */
const PLAIN_PAGE = '/healthz';

/** `study`: a member's own half hours · `rolls`: a secretary's meetings and check-ins. */
export type Filling = { what: 'study' | 'rolls'; rows: number };

/** Fills the ledger of the person of this phone, all of it with receipts. */
export async function fillPhone({ phone }: Handset, { what, rows }: Filling): Promise<void> {
  const verb = what === 'study' ? 'fillStudy' : 'fillRolls';
  bundled ??= bundleForPage(new URL('./fill.page.ts', import.meta.url), NAME);
  await phone.goto(PLAIN_PAGE);
  await phone.page.evaluate(`(async () => { ${await bundled}; await ${NAME}.${verb}(${rows}) })()`);
}

let bundled: Promise<string> | undefined;
