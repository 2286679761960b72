/** The screens of secretary and committee (routes.ts). */
import { press, sees, type Screen } from './screen.ts';
import { meetingScreens } from './routes-meeting.ts';
import { keepAway } from './keep-away.ts';
import { waitSome } from './wait-some.ts';
import { words } from './words.ts';

const NAMES = '梁永福 一组\n覃秀珍 一组\n谢云\n韦国栋 13800000000\n欧阳建国 三组';

export const deskScreens: readonly Screen[] = [
  ...meetingScreens,
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
