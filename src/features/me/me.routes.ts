import type { RouteRecordRaw } from 'vue-router';

export const meRoutes: RouteRecordRaw[] = [
  { path: '/me', component: () => import('./MePage.vue') },
  { path: '/me/records', component: () => import('./RecordsPage.vue') },
  { path: '/me/card', component: () => import('./CardPage.vue') },
  { path: '/me/phone', component: () => import('./PhonePage.vue') },
  { path: '/me/devices', component: () => import('./DevicesPage.vue') },
  { path: '/me/people', component: () => import('./PeoplePage.vue') },
  { path: '/me/about', component: () => import('./AboutPage.vue') },
];
