/** The screens of whoever has not joined, and of joining (routes.ts). */
import { press, sees, type Screen } from './screen.ts';
import { words } from './words.ts';

export const guestScreens: readonly Screen[] = [
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
  {
    ...{ name: 'join-asked', route: '/join', as: 'nobody', invitation: 'used' },
    shows: 'join.trouble.used',
    prepare: async (page) => {
      await press(page, 'join.ask.ask');
      await sees(page, 'join.ask.call');
    },
  },
  { name: 'move-here', route: '/join/move', as: 'nobody', shows: 'move.take.do' },
  {
    ...{ name: 'move-here-over', route: '/join/move', as: 'nobody', shows: 'move.take.do' },
    prepare: async (page) => {
      await page.getByLabel(words('move.take.field')).fill('01A2 B3C4 D5E6 F7G8');
      await press(page, 'move.take.do');
      await sees(page, 'move.trouble.over');
    },
  },
  { name: 'me-asked', route: '/me', as: 'nobody', loads: true, shows: 'me.asked' },
];
