import type { RouteRecordRaw } from 'vue-router';

export const studyRoutes: RouteRecordRaw[] = [
  { path: '/study', component: () => import('./StudyPage.vue') },
  { path: '/study/add', component: () => import('./AddStudyPage.vue') },
  { path: '/study/month', component: () => import('./MonthPage.vue') },
];
