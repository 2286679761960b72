/** 「这条不对」 of one's own line (routes.ts): first past the branch, then to the secretary too. */
import { press, sees, type Screen } from './screen.ts';
import { words } from './words.ts';

export const objectionScreens: readonly Screen[] = [
  {
    ...{ name: 'objection', route: '/activities/:id/objection', as: 'member' },
    shows: 'activities.objection.whom',
  },
  {
    ...{ name: 'objection-said', route: '/activities/:id/objection', as: 'member' },
    shows: 'activities.objection.whom',
    prepare: async (page) => {
      await press(page, 'activities.objection.say');
      await sees(page, 'activities.objection.wrong.to');
      await page.getByLabel(words('activities.objection.to.above')).check();
      await page.getByLabel(words('activities.objection.text')).fill('那天我在，坐在后排');
      await press(page, 'activities.objection.say');
      await sees(page, 'activities.objection.said.above');
    },
  },
  {
    ...{ name: 'objection-also', route: '/activities/:id/objection', as: 'member' },
    shows: 'activities.objection.said.above',
    prepare: async (page) => {
      await press(page, 'activities.objection.also.secretary');
      await press(page, 'activities.objection.to.secretary');
      await sees(page, 'activities.objection.said.secretary');
    },
  },
];
