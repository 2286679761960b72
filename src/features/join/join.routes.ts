import type { RouteRecordRaw } from 'vue-router';

export const joinRoutes: RouteRecordRaw[] = [
  { path: '/join', component: () => import('./JoinPage.vue') },
];
