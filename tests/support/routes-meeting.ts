/** The screens of a meeting, from opening it to its sheet, as the desk sees them (routes.ts). */
import { press, sees, type Screen } from './screen.ts';
import { words } from './words.ts';

/** A township's own columns. */
const HEADERS = '序号\t姓名\t组别\t到会情况\t签名\t学习心得';

export const meetingScreens: readonly Screen[] = [
  { name: 'today-desk', route: '/', as: 'secretary', shows: 'today.roll' },
  { name: 'activities-desk', route: '/activities', as: 'secretary', shows: 'activities.open' },
  {
    ...{ name: 'new-activity', route: '/activities/new', as: 'secretary' },
    shows: 'activities.open-it',
  },
  {
    ...{ name: 'new-activity-wrong', route: '/activities/new', as: 'secretary' },
    shows: 'activities.open-it',
    prepare: async (page) => {
      await page.getByLabel(words('activities.field.title')).fill('');
      await press(page, 'activities.open-it');
      await sees(page, 'activities.wrong.title');
    },
  },
  {
    ...{ name: 'roll', route: '/activities/:id/roll', as: 'secretary' },
    shows: 'activities.only-open',
  },
  {
    ...{ name: 'roll-other', route: '/activities/:id/roll', as: 'secretary' },
    shows: 'activities.only-open',
    prepare: async (page) => {
      await page.getByRole('button', { expanded: false }).nth(1).click();
      await page.getByRole('button', { expanded: true }).waitFor();
    },
  },
  {
    ...{ name: 'roll-open-ones', route: '/activities/:id/roll', as: 'secretary' },
    shows: 'activities.only-open',
    prepare: async (page) => {
      await press(page, 'activities.only-open');
      await press(page, 'activities.state.online');
      await sees(page, 'roll.mode');
    },
  },
  {
    ...{ name: 'roll-exclude', route: '/activities/:id/roll', as: 'secretary' },
    shows: 'activities.only-open',
    prepare: async (page) => {
      await page.getByRole('button', { expanded: false }).nth(1).click();
      await press(page, 'roll.exclude.is');
      await sees(page, 'roll.exclude.means');
    },
  },
  {
    ...{ name: 'roll-paper', route: '/activities/:id/roll', as: 'secretary' },
    shows: 'activities.only-open',
    prepare: async (page) => {
      await press(page, 'roll.paper.any');
      await sees(page, 'roll.paper.people');
    },
  },
  {
    ...{ name: 'new-activity-all', route: '/activities/new', as: 'secretary' },
    shows: 'activities.open-it',
    prepare: async (page) => {
      await page.getByLabel(words('activities.field.type')).selectOption('members-meeting');
      await page.getByLabel(words('activities.field.day')).fill('2020-01-06');
      await press(page, 'roll.series.ask');
      await page.getByLabel(words('roll.series.month')).check();
      await sees(page, 'roll.late.why');
    },
  },
  {
    ...{ name: 'change', route: '/activities/:id/change', as: 'secretary' },
    shows: 'roll.change.move',
  },
  {
    ...{ name: 'own-digits-kept', route: '/activities/digits', as: 'newcomer' },
    shows: 'activities.own.field',
    prepare: async (page) => {
      await page.getByLabel(words('activities.own.field')).fill('０６３ 349');
      await press(page, 'activities.own.keep');
      await sees(page, 'activities.own.sent');
    },
  },
  {
    ...{ name: 'roll-proofs', route: '/activities/:id/roll', as: 'secretary', loads: true },
    shows: 'activities.only-open',
    prepare: (page) => sees(page, 'roll.proof.doubt.no-activity'),
  },
  {
    ...{ name: 'close', route: '/activities/:id/close', as: 'secretary' },
    shows: 'roll.close.end',
  },
  {
    ...{ name: 'close-differs', route: '/activities/:id/close', as: 'secretary' },
    shows: 'roll.close.end',
    prepare: async (page) => {
      await page.getByRole('button', { name: words('roll.close.more') }).click();
      await press(page, 'roll.close.end');
      await sees(page, 'roll.close.as-is');
    },
  },
  {
    ...{ name: 'closed', route: '/activities/:id/close', as: 'secretary', loads: true },
    shows: 'roll.close.end',
    prepare: async (page) => {
      await press(page, 'roll.close.end');
      await press(page, 'roll.close.as-is');
      await sees(page, 'roll.close.copy');
    },
  },
  {
    ...{ name: 'roll-closed', route: '/activities/:id/roll', as: 'secretary' },
    shows: 'activities.only-open',
    prepare: async (page) => {
      // Somebody whom nobody had tapped.
      await page.locator('.roll-row .mark[aria-pressed=false]').nth(1).click();
      await sees(page, 'roll.amended');
    },
  },
  {
    ...{ name: 'closed-amended', route: '/activities/:id/close', as: 'secretary' },
    shows: 'roll.close.other-looks',
  },
  { name: 'activity-desk', route: '/activities/:id', as: 'secretary', shows: 'activities.scan' },
  { name: 'show', route: '/activities/:id/show', as: 'secretary', shows: 'activities.digits-hint' },
  {
    ...{ name: 'scan', route: '/activities/:id/scan', as: 'secretary', shows: 'activities.show' },
    prepare: (page) => page.locator('.scan-result .name').waitFor(),
  },
  { name: 'sheet', route: '/activities/:id/sheet', as: 'secretary', shows: 'sheets.xlsx' },
  {
    ...{ name: 'sheet-send', route: '/activities/:id/sheet/send', as: 'secretary' },
    shows: 'sheets.picture.make',
    prepare: async (page) => {
      await press(page, 'sheets.picture.make');
      await sees(page, 'sheets.picture.how');
      await press(page, 'sheets.text.make');
      await press(page, 'sheets.once.make');
      await page.getByLabel(words('sheets.once.this')).waitFor();
    },
  },
  {
    ...{ name: 'forms', route: '/desk/forms', as: 'secretary', shows: 'sheets.form-page.paste' },
    prepare: async (page) => {
      await page.getByLabel(words('sheets.form-page.paste')).fill(HEADERS);
      await page.getByLabel(words('sheets.form-page.name')).fill('镇党建办的表');
      await press(page, 'sheets.form-page.save');
      await sees(page, 'sheets.form-page.saved');
      await page.getByLabel(words('sheets.form-page.paste')).fill(HEADERS);
    },
  },
  {
    ...{ name: 'inspection', route: '/desk/inspection', as: 'secretary' },
    shows: 'sheets.inspection.what',
  },
];
