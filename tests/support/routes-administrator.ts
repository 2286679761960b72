/** The screens of the county's administrator (routes.ts). */
import { press, sees, type Screen } from './screen.ts';
import { words } from './words.ts';

const TOWNSHIPS = ['云岭镇', '龙台镇'];
const VILLAGES = [...'桥江塘岭坝洞湾'].map((last) => `上${last}村党支部`);
const MANY = TOWNSHIPS.flatMap((township) => VILLAGES.map((name) => `${township}\t${name}`));
/** Headings, one that is there already, one twice, one without a name. */
const PASTED = ['乡镇\t支部', ...MANY, '青山镇\t石桥村党支部', MANY[0], '云岭镇\t'].join('\n');

export const administratorScreens: readonly Screen[] = [
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
    ...{ name: 'branch-edit', route: '/desk/branch/:branch/edit', as: 'administrator' },
    shows: 'desk.kind.which',
    prepare: async (page) => {
      await page.getByLabel(words('desk.kind.temporary')).check();
      await page.getByLabel(words('desk.kind.until')).fill('2020-01-01');
      await press(page, 'desk.save');
      await sees(page, 'desk.wrong.until-past');
    },
  },
  {
    ...{ name: 'paste-branches', route: '/desk/branches', as: 'administrator' },
    shows: 'desk.branch-lines',
    prepare: async (page) => {
      await page.getByLabel(words('desk.branch-lines')).fill(PASTED);
      await sees(page, 'desk.will-add');
    },
  },
  {
    ...{ name: 'paste-branches-added', route: '/desk/branches', as: 'administrator' },
    shows: 'desk.branch-lines',
    prepare: async (page) => {
      // What was typed a moment before a reload may not be kept yet.
      await page.getByLabel(words('desk.branch-lines')).fill(PASTED);
      const add = words('desk.add-branches').replace('{n}', String(MANY.length));
      await page.getByRole('button', { name: add, exact: true }).click();
      await sees(page, 'desk.rest-stays');
    },
  },
  {
    ...{ name: 'branches-many', route: '/desk', as: 'administrator', shows: 'desk.find-branch' },
    prepare: async (page) => {
      await page.getByRole('button', { expanded: false }).nth(1).click();
      await page.getByRole('button', { expanded: true }).waitFor();
    },
  },
  {
    ...{ name: 'branches-found', route: '/desk', as: 'administrator', shows: 'desk.find-branch' },
    prepare: async (page) => {
      await page.getByLabel(words('desk.find-branch')).fill('上橋');
      await page.getByText(words('desk.branches-found').replace('{n}', '2')).waitFor();
    },
  },
  {
    ...{ name: 'complaints', route: '/desk/complaints', as: 'administrator' },
    shows: 'desk.complaints.done',
  },
  {
    ...{ name: 'retention', route: '/desk/retention', as: 'administrator' },
    shows: 'desk.retention.how',
    prepare: async (page) => {
      await page.getByRole('button', { name: words('desk.retention.look'), exact: true }).click();
      await sees(page, 'desk.retention.will');
    },
  },
  {
    ...{ name: 'health', route: '/desk/health', as: 'administrator', shows: 'health.again' },
    prepare: (page) => sees(page, 'health.version.name'),
  },
];
