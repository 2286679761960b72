import type { RouteRecordRaw } from 'vue-router';

export const reportRoutes: RouteRecordRaw[] = [
  { path: '/report', component: () => import('./ReportPage.vue') },
  { path: '/report/:chapter', component: () => import('./ChapterPage.vue') },
];
