import type { RouteRecordRaw } from 'vue-router';

export const publishRoutes: RouteRecordRaw[] = [
  { path: '/publish', component: () => import('./PublishPage.vue') },
];
