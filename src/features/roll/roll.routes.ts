import type { RouteRecordRaw } from 'vue-router';

/** What the desk does with one activity; members never load these screens. */
export const rollRoutes: RouteRecordRaw[] = [
  { path: '/activities/new', component: () => import('./NewActivityPage.vue') },
  { path: '/activities/:id/roll', component: () => import('./RollPage.vue') },
  { path: '/activities/:id/change', component: () => import('./ChangePage.vue') },
  { path: '/activities/:id/show', component: () => import('./ShowCodePage.vue') },
  { path: '/activities/:id/close', component: () => import('./ClosePage.vue') },
  { path: '/activities/:id/scan', component: () => import('./ScanPage.vue') },
];
