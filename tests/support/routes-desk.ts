/** The screens of secretary and committee (routes.ts). */
import { press, sees, type Screen } from './screen.ts';
import { keepAway } from './keep-away.ts';
import { waitSome } from './wait-some.ts';
import { words } from './words.ts';

const NAMES = '梁永福 一组\n覃秀珍 一组\n谢云\n韦国栋 13800000000\n欧阳建国 三组';

/** A township's own columns. */
const HEADERS = '序号\t姓名\t组别\t到会情况\t签名\t学习心得';

export const deskScreens: readonly Screen[] = [
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
  { name: 'desk', route: '/desk', as: 'secretary', shows: 'desk.paste' },
  {
    ...{ name: 'person-joined', route: '/desk', as: 'secretary', shows: 'desk.phone.joined-note' },
    prepare: async (page) => {
      await page.getByText(words('desk.phone.joined-note')).first().click();
      await sees(page, 'desk.phone.no');
    },
  },
  {
    ...{ name: 'person-asks', route: '/desk', as: 'secretary', shows: 'desk.paste' },
    prepare: async (page) => {
      await page.getByText(words('desk.phone.asks-note')).first().click();
      await sees(page, 'desk.phone.admit');
    },
  },
  { name: 'paste', route: '/desk/paste', as: 'secretary', shows: 'desk.names' },
  {
    ...{ name: 'paste-names', route: '/desk/paste', as: 'secretary', shows: 'desk.names' },
    prepare: async (page) => {
      await page.getByLabel(words('desk.names')).fill(NAMES);
      await sees(page, 'desk.namesakes');
    },
  },
  {
    ...{ name: 'invitations', route: '/desk/invitations', as: 'secretary' },
    shows: 'desk.sheet.whom',
  },
  {
    ...{ name: 'invitations-made', route: '/desk/invitations', as: 'secretary' },
    shows: 'desk.sheet.whom',
    loads: true,
    prepare: async (page) => {
      await page.getByRole('button', { name: /^做 \d+ 张邀请$/ }).click();
      await sees(page, 'desk.sheet.now');
    },
  },
  { name: 'cards', route: '/desk/cards', as: 'secretary', shows: 'sheets.cards.whom' },
  {
    ...{ name: 'cards-made', route: '/desk/cards', as: 'secretary', shows: 'sheets.cards.whom' },
    loads: true,
    prepare: async (page) => {
      await page.getByRole('button', { name: /^印 \d+ 张卡$/ }).click();
      await sees(page, 'desk.sheet.print');
    },
  },
  { name: 'notice-write', route: '/desk/notice', as: 'secretary', shows: 'sheets.notice.write' },
  {
    ...{ name: 'notice-written', route: '/desk/notice', as: 'secretary' },
    shows: 'sheets.notice.write',
    prepare: async (page) => {
      await press(page, 'sheets.notice.write');
      await sees(page, 'sheets.notice.wrong.text');
      const text = page.getByLabel(words('sheets.notice.text'));
      for (const said of [
        '周三停电，学习会改在村小学',
        '请带上《月读一本书》',
        '明天下午修路，绕后山走',
      ]) {
        await text.fill(said);
        await press(page, 'sheets.notice.write');
        await page.getByText(said, { exact: true }).first().waitFor();
      }
    },
  },
  { name: 'activities-noticed', route: '/activities', as: 'secretary', shows: 'activities.open' },
  { name: 'export', route: '/desk/export', as: 'secretary', shows: 'desk.export.xlsx' },
  { name: 'person', route: '/desk/:person', as: 'secretary', shows: 'desk.invite' },
  {
    ...{ name: 'five', route: '/desk/five', as: 'secretary', shows: 'desk.five.how' },
    prepare: async (page) => {
      await page.getByRole('textbox').first().fill('离乡不离党，流动不流失');
      await press(page, 'desk.save');
      await sees(page, 'desk.five.where');
    },
  },
  {
    ...{ name: 'elsewhere', route: '/desk/elsewhere', as: 'secretary' },
    shows: 'desk.elsewhere.none',
    prepare: async (page) => {
      await keepAway(page);
      await sees(page, 'desk.elsewhere.checked');
    },
  },
  {
    ...{ name: 'contacts', route: '/desk/contacts', as: 'secretary', shows: 'desk.contacts.how' },
    prepare: async (page) => {
      await page.getByRole('button', { name: words('me.contacts.write') }).click();
      await sees(page, 'me.contacts.keep');
    },
  },
  { name: 'accept', route: '/desk/accept', as: 'secretary', shows: 'desk.transfer.paste' },
  { name: 'second-in', route: '/desk/second', as: 'secretary', shows: 'desk.second.paste' },
  {
    ...{ name: 'second-nobody', route: '/desk/second/:person', as: 'secretary' },
    shows: 'desk.nobody',
  },
  { name: 'person-name', route: '/desk/:person/name', as: 'secretary', shows: 'desk.field.hans' },
  {
    ...{ name: 'person-name-wrong', route: '/desk/:person/name', as: 'secretary' },
    shows: 'desk.field.hans',
    prepare: async (page) => {
      await page.getByLabel(words('desk.field.hans')).fill('');
      await page.getByLabel(words('desk.field.hant')).fill('');
      await press(page, 'desk.save');
      await sees(page, 'desk.wrong.name');
    },
  },
  {
    ...{ name: 'person-standing', route: '/desk/:person/standing', as: 'secretary' },
    shows: 'desk.field.state',
    prepare: async (page) => {
      await page.getByLabel(words('desk.state.migrant')).check();
      await press(page, 'desk.save');
      await sees(page, 'desk.wrong.contact');
    },
  },
  {
    ...{ name: 'person-role', route: '/desk/:person/role', as: 'secretary' },
    shows: 'desk.field.role',
    prepare: async (page) => {
      await page.getByLabel(words('desk.role.secretary')).check();
      await press(page, 'desk.save');
      await sees(page, 'desk.wrong.not-joined');
    },
  },
  {
    ...{ name: 'person-invited', route: '/desk/:person', as: 'secretary', shows: 'desk.invite' },
    prepare: async (page) => {
      await press(page, 'desk.invite');
      await sees(page, 'desk.invitation.ready');
    },
  },
  { name: 'requests', route: '/desk/requests', as: 'secretary', shows: 'desk.requests.done' },
  { name: 'erase', route: '/desk/:person/erase', as: 'secretary', shows: 'desk.erase.next' },
  {
    ...{ name: 'erase-sure', route: '/desk/:person/erase', as: 'secretary' },
    shows: 'desk.erase.next',
    prepare: async (page) => {
      await press(page, 'desk.erase.next');
      await sees(page, 'desk.erase.sure-text');
    },
  },
  {
    ...{ name: 'person-transfer', route: '/desk/:person/transfer', as: 'secretary' },
    shows: 'desk.transfer.where',
  },
  {
    ...{ name: 'person-transferred', route: '/desk/:person/transfer', as: 'secretary' },
    shows: 'desk.transfer.where',
    prepare: async (page) => {
      await press(page, 'desk.transfer.go');
      await sees(page, 'desk.transfer.how');
    },
  },
  {
    ...{ name: 'person-stays', route: '/desk/:person/transfer', as: 'secretary' },
    shows: 'desk.transfer.how',
    prepare: async (page) => {
      await press(page, 'desk.transfer.back');
      await sees(page, 'desk.transfer.where');
    },
  },
  {
    ...{ name: 'waiting', route: '/desk/waiting', as: 'secretary', loads: true },
    shows: 'desk.nothing-waits',
    prepare: async (page) => {
      await page.evaluate(waitSome);
      await page.reload();
      await page
        .getByRole('button', { name: words('desk.count-it') })
        .first()
        .click();
      await sees(page, 'desk.counted');
    },
  },
];
