import type { RouteRecordRaw } from 'vue-router';

/** What the desk makes of rolls: paper, files, forms. Stands before the desk's own routes, which take any word for a person. */
export const sheetsRoutes: RouteRecordRaw[] = [
  { path: '/activities/:id/sheet', component: () => import('./SheetPage.vue') },
  { path: '/activities/:id/sheet/send', component: () => import('./SendPage.vue') },
  { path: '/desk/forms', component: () => import('./FormsPage.vue') },
  { path: '/desk/inspection', component: () => import('./InspectionPage.vue') },
];
