import type { RouteRecordRaw } from 'vue-router';

export const deskRoutes: RouteRecordRaw[] = [
  { path: '/desk', component: () => import('./DeskPage.vue') },
  { path: '/desk/paste', component: () => import('./PastePage.vue') },
  { path: '/desk/waiting', component: () => import('./WaitingPage.vue') },
  { path: '/desk/requests', component: () => import('./RequestsPage.vue') },
  { path: '/desk/invitations', component: () => import('./InvitationsPage.vue') },
  { path: '/desk/export', component: () => import('./ExportPage.vue') },
  { path: '/desk/complaints', component: () => import('./ComplaintsPage.vue') },
  { path: '/desk/accept', component: () => import('./AcceptPage.vue') },
  { path: '/desk/second', component: () => import('./SecondPage.vue') },
  { path: '/desk/second/:person', component: () => import('./SecondPersonPage.vue') },
  { path: '/desk/branches', component: () => import('./PasteBranchesPage.vue') },
  { path: '/desk/branch', component: () => import('./NewBranchPage.vue') },
  { path: '/desk/branch/:branch', component: () => import('./BranchPage.vue') },
  { path: '/desk/branch/:branch/edit', component: () => import('./EditBranchPage.vue') },
  { path: '/desk/:person', component: () => import('./PersonPage.vue') },
  { path: '/desk/:person/name', component: () => import('./NamePage.vue') },
  { path: '/desk/:person/standing', component: () => import('./StandingPage.vue') },
  { path: '/desk/:person/transfer', component: () => import('./TransferPage.vue') },
  { path: '/desk/:person/role', component: () => import('./RolePage.vue') },
  { path: '/desk/:person/erase', component: () => import('./ErasePage.vue') },
];
