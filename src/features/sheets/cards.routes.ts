import type { RouteRecordRaw } from 'vue-router';

export const cardsRoutes: RouteRecordRaw[] = [
  { path: '/desk/cards', component: () => import('./CardsPage.vue') },
  { path: '/desk/notice', component: () => import('./NoticePage.vue') },
];
