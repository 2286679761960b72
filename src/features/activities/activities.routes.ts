import type { RouteRecordRaw } from 'vue-router';

export const activitiesRoutes: RouteRecordRaw[] = [
  { path: '/activities', component: () => import('./ActivitiesPage.vue') },
  { path: '/activities/code', component: () => import('./MyCodePage.vue') },
  { path: '/activities/scan', component: () => import('./OwnScanPage.vue') },
  { path: '/activities/digits', component: () => import('./OwnDigitsPage.vue') },
  { path: '/activities/:id', component: () => import('./ActivityPage.vue') },
  { path: '/activities/:id/here', component: () => import('./HerePage.vue') },
  { path: '/activities/:id/objection', component: () => import('./ObjectionPage.vue') },
];
