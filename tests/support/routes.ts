/**
 * Every screen and its states, one list for the gates (tests/e2e/gates-routes.test.ts) and for the
 * pictures (scripts/screens.ts). tests/unit/routes.test.ts proves that no route is missing. They are
 * visited in this order: what one leaves behind, the next may show.
 */
import { administratorScreens } from './routes-administrator.ts';
import { deskScreens } from './routes-desk.ts';
import { guestScreens } from './routes-guest.ts';
import { objectionScreens } from './routes-objection.ts';
import { ownDataScreens } from './routes-own-data.ts';
import { ELSEWHERE, keepAway } from './keep-away.ts';
import { press, sees, type Screen } from './screen.ts';
import { refuseSome } from './refuse-some.ts';
import { words } from './words.ts';

const DIGITS = '2468';

/** What a phone says that has no records yet. */
const newcomer: Screen[] = [
  { name: 'records-empty', route: '/me/data', as: 'newcomer', shows: 'me.agreed' },
  { name: 'month-empty', route: '/study/month', as: 'newcomer', shows: 'study.earlier' },
];

/** Behind a curtain that the one before draws; the last takes it away again. */
const curtainScreens: Screen[] = [
  {
    ...{ name: 'card', route: '/me/card', as: 'member', shows: 'me.card.what' },
    prepare: async (page) => {
      await press(page, 'me.card.show');
      await page.getByLabel(words('me.card.field')).fill('RX');
      await press(page, 'me.card.do');
      await sees(page, 'me.card.mistakes.short');
    },
  },
  {
    ...{ name: 'curtain', route: '/me/people', as: 'member', shows: 'me.curtain-what' },
    prepare: async (page) => {
      await page.getByLabel(words('me.curtain-digits')).fill(DIGITS);
      await press(page, 'me.curtain-draw');
      await sees(page, 'me.curtain-drawn');
      await page.reload();
      await sees(page, 'app.curtain.digits');
    },
  },
  {
    ...{ name: 'people', route: '/me/people', as: 'member', shows: 'app.curtain.digits' },
    loads: true,
    prepare: async (page) => {
      await page.getByLabel(words('app.curtain.digits')).fill(DIGITS);
      await press(page, 'me.curtain-away');
      await sees(page, 'me.curtain-draw');
    },
  },
];

const member: Screen[] = [
  { name: 'today', route: '/', as: 'member', shows: 'today.half-hour' },
  {
    ...{ name: 'study', route: '/study', as: 'member', shows: 'study.how' },
    prepare: async (page) => {
      await page.getByRole('button', { name: words('study.go-on') }).click();
      await sees(page, 'study.finish');
    },
  },
  {
    ...{ name: 'study-too-short', route: '/study', as: 'member', shows: 'study.how' },
    prepare: async (page) => {
      await press(page, 'study.finish');
      await sees(page, 'study.too-short');
    },
  },
  { name: 'study-add', route: '/study/add', as: 'member', shows: 'study.save' },
  {
    ...{ name: 'study-wrong', route: '/study/add', as: 'member', shows: 'study.save' },
    prepare: async (page) => {
      await page.getByLabel(words('study.type-minutes')).fill('0');
      await press(page, 'study.save');
      await sees(page, 'study.wrong.minutes');
    },
  },
  { name: 'month', route: '/study/month', as: 'member', shows: 'study.entries' },
  { name: 'activities', route: '/activities', as: 'member', shows: 'activities.today' },
  { name: 'activity', route: '/activities/:id', as: 'member', shows: 'activities.no-phone' },
  {
    ...{ name: 'activity-cannot', route: '/activities/:id', as: 'member' },
    shows: 'activities.cannot',
    prepare: async (page) => {
      await press(page, 'activities.cannot');
      await sees(page, 'activities.said-cannot');
    },
  },
  ...objectionScreens,
  {
    ...{ name: 'activity-missing', route: '/activities/:id', as: 'member' },
    parts: { id: '0190c3c4-0000-7000-8000-000000000000' },
    shows: 'activities.missing',
  },
  { name: 'here', route: '/activities/:id/here', as: 'member', shows: 'activities.let-scan' },
  { name: 'code', route: '/activities/code', as: 'member', shows: 'activities.let-scan' },
  // The camera films a card.
  { name: 'own-scan', route: '/activities/scan', as: 'member', shows: 'activities.own.foreign' },
  {
    ...{ name: 'own-digits', route: '/activities/digits', as: 'member' },
    shows: 'activities.own.field',
    prepare: async (page) => {
      await press(page, 'activities.own.keep');
      await sees(page, 'activities.own.short');
    },
  },
  {
    ...{ name: 'roll-not-yours', route: '/activities/:id/roll', as: 'member' },
    shows: 'activities.desk-only',
  },
  { name: 'desk-not-yours', route: '/desk', as: 'member', shows: 'desk.not-yours' },
  { name: 'health-not-yours', route: '/desk/health', as: 'member', shows: 'health.not-yours' },
  { name: 'me', route: '/me', as: 'member', shows: 'me.phone' },
  { name: 'phone', route: '/me/phone', as: 'member', shows: 'phone.help-how' },
  { name: 'devices', route: '/me/devices', as: 'member', shows: 'devices.how' },
  {
    ...{ name: 'devices-end', route: '/me/devices', as: 'member', shows: 'devices.how' },
    prepare: async (page) => {
      await press(page, 'devices.end.here');
      await sees(page, 'devices.means.here');
    },
  },
  { name: 'move', route: '/me/move', as: 'member', shows: 'move.make' },
  {
    ...{ name: 'move-code', route: '/me/move', as: 'member', shows: 'move.make' },
    prepare: async (page) => {
      await press(page, 'move.make');
      await sees(page, 'move.copy');
    },
  },
  {
    ...{ name: 'second', route: '/me/second', as: 'member', shows: 'me.second.show' },
    prepare: async (page) => {
      await press(page, 'me.second.show');
      await sees(page, 'me.second.how');
    },
  },
  {
    ...{ name: 'my-contacts', route: '/me/contacts', as: 'member', shows: 'me.contacts.none' },
    prepare: async (page) => {
      await keepAway(page);
      await sees(page, 'me.contacts.how');
    },
  },
  {
    ...{ name: 'activity-elsewhere', route: '/activities/:id', as: 'member' },
    ...{ parts: { id: ELSEWHERE }, shows: 'activities.home.do' },
  },
  { name: 'my-five', route: '/me/five', as: 'member', shows: 'me.five.title' },
  ...ownDataScreens,
  ...curtainScreens,
  {
    ...{ name: 'today-refused', route: '/', as: 'member', shows: 'today.half-hour' },
    prepare: async (page) => {
      await page.evaluate(refuseSome);
      await page.reload();
      await page
        .getByText(words('today.refused').replace('{count}', '2'), { exact: true })
        .waitFor();
    },
  },
  { name: 'phone-refused', route: '/me/phone', as: 'member', shows: 'me.refused' },
];

/** After the secretary has tapped this member's name and it was synced. */
const counted: Screen[] = [
  { name: 'today-counted', route: '/', as: 'member', loads: true, shows: 'today.counted' },
  {
    ...{ name: 'here-counted', route: '/activities/:id/here', as: 'member' },
    shows: 'activities.said.present',
  },
  { name: 'records', route: '/me/data', as: 'member', shows: 'me.data.groups.attendance' },
];

export const screens: readonly Screen[] = [
  ...guestScreens,
  ...newcomer,
  ...member,
  ...deskScreens,
  ...administratorScreens,
  ...counted,
];
