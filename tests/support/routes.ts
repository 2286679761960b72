/**
 * Every screen and its states, one list for the gates (tests/e2e/gates-routes.test.ts) and for the
 * pictures (scripts/screens.ts). tests/unit/routes.test.ts proves that no route is missing. They are
 * visited in this order: what one leaves behind, the next may show.
 */
import type { Page } from 'playwright';
import { refuseSome } from './refuse-some.ts';
import { words } from './words.ts';

/** Each visitor is a phone of its own; `newcomer` is the one who joins before our eyes. */
export type Visitor = 'nobody' | 'newcomer' | 'member' | 'secretary' | 'administrator';

export interface Screen {
  /** Of its picture too. */
  name: string;
  /** As the router has it; the county (demo-county.ts) knows what its parts stand for. */
  route: string;
  as: Visitor;
  /** Key of a text that is on this screen and tells it from every other. */
  shows: string;
  /** Parts that are not the county's first ones. */
  parts?: Record<string, string>;
  /** Opens it with an invitation: of somebody who has not joined, or one that was used. */
  invitation?: 'fresh' | 'newcomer' | 'used';
  /** Brings it from its first sight into the state to look at. */
  prepare?: (page: Page) => Promise<void>;
}

const press = (page: Page, key: string) =>
  page
    .getByRole('button', { name: words(key), exact: true })
    .first()
    .click();
const sees = (page: Page, key: string) =>
  page.getByText(words(key), { exact: true }).first().waitFor();

const nobody: Screen[] = [
  { name: 'today-guest', route: '/', as: 'nobody', shows: 'today.welcome' },
  { name: 'library', route: '/library', as: 'nobody', shows: 'library.half-hour' },
  { name: 'report', route: '/report', as: 'nobody', shows: 'report.contents' },
  {
    ...{ name: 'report-chapter', route: '/report/:chapter', as: 'nobody' },
    shows: 'report.contents',
  },
  {
    ...{ name: 'report-missing', route: '/report/:chapter', as: 'nobody' },
    parts: { chapter: 'none' },
    shows: 'report.no-chapter',
  },
  { name: 'study-guest', route: '/study', as: 'nobody', shows: 'study.join-first' },
  { name: 'activities-guest', route: '/activities', as: 'nobody', shows: 'activities.guest' },
  { name: 'code-guest', route: '/activities/code', as: 'nobody', shows: 'activities.not-joined' },
  { name: 'me-guest', route: '/me', as: 'nobody', shows: 'me.no-name' },
  { name: 'about', route: '/me/about', as: 'nobody', shows: 'me.about.complain' },
  { name: 'publish', route: '/publish', as: 'nobody', shows: 'publish.empty' },
  { name: 'join', route: '/join', as: 'nobody', invitation: 'fresh', shows: 'join.agree' },
  {
    ...{ name: 'join-not-me', route: '/join', as: 'nobody', invitation: 'fresh' },
    shows: 'join.agree',
    prepare: (page) => press(page, 'join.not-me'),
  },
  {
    ...{ name: 'join-used', route: '/join', as: 'nobody', invitation: 'used' },
    shows: 'join.trouble.used',
  },
  {
    ...{ name: 'join-portal', route: '/join', as: 'nobody', invitation: 'fresh' },
    shows: 'join.agree',
    prepare: async (page) => {
      const contentType = 'text/html';
      await page.route('**/api/join/look', (route) =>
        route.fulfill({ contentType, body: 'log in' }),
      );
      await page.reload();
      await sees(page, 'join.trouble.portal');
      await page.unroute('**/api/join/look');
    },
  },
  { name: 'join-mangled', route: '/join', as: 'nobody', shows: 'join.trouble.bad-link' },
  {
    ...{ name: 'joined', route: '/join', as: 'newcomer', invitation: 'newcomer' },
    shows: 'join.agree',
    prepare: async (page) => {
      await press(page, 'join.agree');
      await sees(page, 'join.done');
    },
  },
];

/** What a phone says that has no records yet. */
const newcomer: Screen[] = [
  { name: 'records-empty', route: '/me/records', as: 'newcomer', shows: 'me.agreed' },
  { name: 'month-empty', route: '/study/month', as: 'newcomer', shows: 'study.earlier' },
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
    ...{ name: 'activity-missing', route: '/activities/:id', as: 'member' },
    parts: { id: '0190c3c4-0000-7000-8000-000000000000' },
    shows: 'activities.missing',
  },
  { name: 'here', route: '/activities/:id/here', as: 'member', shows: 'activities.let-scan' },
  { name: 'code', route: '/activities/code', as: 'member', shows: 'activities.let-scan' },
  {
    ...{ name: 'roll-not-yours', route: '/activities/:id/roll', as: 'member' },
    shows: 'activities.desk-only',
  },
  { name: 'desk-not-yours', route: '/desk', as: 'member', shows: 'desk.not-yours' },
  { name: 'health-not-yours', route: '/desk/health', as: 'member', shows: 'health.not-yours' },
  { name: 'me', route: '/me', as: 'member', shows: 'me.phone' },
  { name: 'phone', route: '/me/phone', as: 'member', shows: 'phone.help-how' },
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

const NAMES = '梁永福 一组\n覃秀珍 一组\n谢云\n韦国栋 13800000000\n欧阳建国 三组';

const desk: Screen[] = [
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
  { name: 'activity-desk', route: '/activities/:id', as: 'secretary', shows: 'activities.scan' },
  { name: 'show', route: '/activities/:id/show', as: 'secretary', shows: 'activities.digits-hint' },
  {
    ...{ name: 'scan', route: '/activities/:id/scan', as: 'secretary', shows: 'activities.show' },
    prepare: (page) => page.locator('.scan-result .name').waitFor(),
  },
  { name: 'desk', route: '/desk', as: 'secretary', shows: 'desk.paste' },
  { name: 'paste', route: '/desk/paste', as: 'secretary', shows: 'desk.names' },
  {
    ...{ name: 'paste-names', route: '/desk/paste', as: 'secretary', shows: 'desk.names' },
    prepare: async (page) => {
      await page.getByLabel(words('desk.names')).fill(NAMES);
      await sees(page, 'desk.namesakes');
    },
  },
  { name: 'person', route: '/desk/:person', as: 'secretary', shows: 'desk.invite' },
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
    ...{ name: 'person-invited', route: '/desk/:person', as: 'secretary', shows: 'desk.invite' },
    prepare: async (page) => {
      await press(page, 'desk.invite');
      await sees(page, 'desk.invitation.ready');
    },
  },
];

const administrator: Screen[] = [
  {
    ...{ name: 'activities-administrator', route: '/activities', as: 'administrator' },
    shows: 'activities.branches',
  },
  { name: 'branches', route: '/desk', as: 'administrator', shows: 'desk.add-branch' },
  { name: 'new-branch', route: '/desk/branch', as: 'administrator', shows: 'desk.township' },
  {
    ...{ name: 'branch', route: '/desk/branch/:branch', as: 'administrator' },
    shows: 'desk.make-invitation',
  },
  {
    ...{ name: 'health', route: '/desk/health', as: 'administrator', shows: 'health.again' },
    prepare: (page) => sees(page, 'health.version.name'),
  },
];

/** After the secretary has tapped this member's name and it was synced. */
const counted: Screen[] = [
  { name: 'today-counted', route: '/', as: 'member', shows: 'today.counted' },
  {
    ...{ name: 'here-counted', route: '/activities/:id/here', as: 'member' },
    shows: 'activities.said.present',
  },
  { name: 'records', route: '/me/records', as: 'member', shows: 'me.attendance' },
];

export const screens: readonly Screen[] = [
  ...nobody,
  ...newcomer,
  ...member,
  ...desk,
  ...administrator,
  ...counted,
];
