/** Putting right and erasing, as a member asks for it (routes.ts); what is asked, the secretary's screens show. */
import { press, sees, type Screen } from './screen.ts';
import { words } from './words.ts';

const COMPLAINT = '点名时没有叫我，我来了的';
const WRONG = '我在二组，不在一组';

const correction = {
  route: '/me/data/correction',
  as: 'member',
  shows: 'me.data.hand-in',
} satisfies Omit<Screen, 'name'>;

export const ownDataScreens: readonly Screen[] = [
  {
    ...{ name: 'correction', ...correction },
    prepare: async (page) => {
      await press(page, 'me.data.hand-in');
      await sees(page, 'me.data.wrong.text');
    },
  },
  { name: 'notice', route: '/me/data/notice', as: 'member', shows: 'me.notice.agreed' },
  { name: 'erasure', route: '/me/data/erasure', as: 'member', shows: 'me.data.erase.ask' },
  {
    ...{ name: 'complaint', route: '/me/about/complaint', as: 'member' },
    shows: 'me.complaint.send',
    prepare: async (page) => {
      await page.getByLabel(words('me.complaint.text')).fill(COMPLAINT);
      await press(page, 'me.complaint.send');
      await sees(page, 'me.complaint.before');
    },
  },
  {
    ...{ name: 'correction-saved', ...correction },
    prepare: async (page) => {
      await page.getByLabel(words('me.data.what-wrong')).fill(WRONG);
      await press(page, 'me.data.hand-in');
      await sees(page, 'me.data.back');
    },
  },
];
