import type { RouteRecordRaw } from 'vue-router';

export const activitiesRoutes: RouteRecordRaw[] = [
  { path: '/activities', component: () => import('./ActivitiesPage.vue') },
  { path: '/activities/new', component: () => import('./NewActivityPage.vue') },
  { path: '/activities/code', component: () => import('./MyCodePage.vue') },
  { path: '/activities/:id', component: () => import('./ActivityPage.vue') },
  { path: '/activities/:id/here', component: () => import('./HerePage.vue') },
  { path: '/activities/:id/roll', component: () => import('./RollPage.vue') },
  { path: '/activities/:id/show', component: () => import('./ShowCodePage.vue') },
  { path: '/activities/:id/scan', component: () => import('./ScanPage.vue') },
];
