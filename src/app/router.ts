import { createRouter, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router';
import { activitiesRoutes } from '#features/activities/activities.routes.ts';
import { deskRoutes } from '#features/desk/desk.routes.ts';
import { healthRoutes } from '#features/health/health.routes.ts';
import { joinRoutes } from '#features/join/join.routes.ts';
import { libraryRoutes } from '#features/library/library.routes.ts';
import { meRoutes } from '#features/me/me.routes.ts';
import { publishRoutes } from '#features/publish/publish.routes.ts';
import { reportRoutes } from '#features/report/report.routes.ts';
import { rollRoutes } from '#features/roll/roll.routes.ts';
import { sheetsRoutes } from '#features/sheets/sheets.routes.ts';
import { cardsRoutes } from '#features/sheets/cards.routes.ts';
import { studyRoutes } from '#features/study/study.routes.ts';
import { todayRoutes } from '#features/today/today.routes.ts';
import { createScrollPlace } from './scroll-place.ts';

/** The four places of the bottom bar; every other path belongs to one of them. */
export const PLACES = ['/', '/library', '/activities', '/me'] as const;
export type Place = (typeof PLACES)[number];

const PLACE_OF: Record<string, Place> = {
  report: '/library',
  study: '/library',
  library: '/library',
  activities: '/activities',
  desk: '/activities',
  publish: '/me',
  me: '/me',
};

/** Which place lights up for a path. */
export function placeOf(path: string): Place {
  return PLACE_OF[path.split('/')[1] ?? ''] ?? '/';
}

/** Real paths for every screen (CONTRACT.md); an address that nobody knows leads to today. */
export function createAppRouter(): Router {
  return createRouter({
    history: createWebHistory(),
    scrollBehavior: createScrollPlace(),
    routes: [
      ...todayRoutes,
      ...libraryRoutes,
      ...reportRoutes,
      ...studyRoutes,
      ...activitiesRoutes,
      // Before deskRoutes, whose /desk/:person takes any word.
      ...[...rollRoutes, ...sheetsRoutes, ...cardsRoutes, ...deskRoutes, ...healthRoutes].map(
        ofDesk,
      ),
      ...joinRoutes,
      ...meRoutes,
      ...publishRoutes,
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  });
}

/** Marks what only people with a role open: main.ts fetches what it says with it. */
function ofDesk(route: RouteRecordRaw): RouteRecordRaw {
  return { ...route, meta: { desk: true } };
}
