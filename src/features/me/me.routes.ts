import type { RouteRecordRaw } from 'vue-router';

export const meRoutes: RouteRecordRaw[] = [
  { path: '/me', component: () => import('./MePage.vue') },
  // Its address until there was more on it.
  { path: '/me/data', alias: '/me/records', component: () => import('./RecordsPage.vue') },
  { path: '/me/data/correction', component: () => import('./CorrectionPage.vue') },
  { path: '/me/data/erasure', component: () => import('./ErasurePage.vue') },
  { path: '/me/card', component: () => import('./CardPage.vue') },
  { path: '/me/data/notice', component: () => import('./NoticePage.vue') },
  { path: '/me/phone', component: () => import('./PhonePage.vue') },
  { path: '/me/devices', component: () => import('./DevicesPage.vue') },
  { path: '/me/move', component: () => import('./MovePage.vue') },
  { path: '/me/second', component: () => import('./SecondPage.vue') },
  { path: '/me/five', component: () => import('./FivePage.vue') },
  { path: '/me/contacts', component: () => import('./ContactsPage.vue') },
  { path: '/me/people', component: () => import('./PeoplePage.vue') },
  { path: '/me/about', component: () => import('./AboutPage.vue') },
  { path: '/me/about/complaint', component: () => import('./ComplaintPage.vue') },
];
