import type { RouteRecordRaw } from 'vue-router';

export const libraryRoutes: RouteRecordRaw[] = [
  { path: '/library', component: () => import('./LibraryPage.vue') },
];
