import type { RouteRecordRaw } from 'vue-router';

export const joinRoutes: RouteRecordRaw[] = [
  { path: '/join', component: () => import('./JoinEntry.vue') },
  { path: '/join/move', component: () => import('./MoveHerePage.vue') },
];
