import type { RouteRecordRaw } from 'vue-router';

export const healthRoutes: RouteRecordRaw[] = [
  { path: '/desk/health', component: () => import('./HealthPage.vue') },
];
