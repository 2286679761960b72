/**
 * The doors of the routes, as ROUTE_RIGHTS has them. Promises: whoever may not ask is answered before
 * a byte of the body is read; where a token has to stand, its session is handed on, so that nothing
 * in a body, query or other header says who is asking.
 */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import type { Clock } from '#lib/clock.ts';
import type { Database } from '#server/db/database.ts';
import { errorAnswer } from './answers.ts';
import { isDesk } from '#domain/roles.ts';
import { ROUTE_RIGHTS, type RouteRight } from './route-rights.ts';
import { findSession, type Session } from './session.ts';
import { isOwnPage } from './token-cookie.ts';

/** What a guarded route finds in its context: there where its right is `device`, `desk` or `administrator`. */
export interface Guarded {
  Variables: { session: Session };
}

interface GuardDeps {
  database: Pick<Database, 'db'>;
  clock: Clock;
}

/** Puts the doors before the routes; to be called first. */
export function guardRoutes(app: Hono, deps: GuardDeps): void {
  const doors = doorsOver(deps);
  for (const [route, right] of Object.entries(ROUTE_RIGHTS)) {
    const [method = '', path = ''] = route.split(' ');
    const door = doors[right];
    if (door) app.on(method, path, door);
  }
}

/** Throws where a route has no line in the table: nothing is served of which nobody said who may have it. */
export function checkRoutes(app: Pick<Hono, 'routes'>): void {
  const unlisted = namesOfRoutes(app).filter((route) => !(route in ROUTE_RIGHTS));
  if (unlisted.length > 0)
    throw new Error(`no line in src/server/http/route-rights.ts for ${unlisted.join(', ')}`);
}

/** Every route of `app` as the table names it, once. */
export function namesOfRoutes({ routes }: Pick<Hono, 'routes'>): string[] {
  return [...new Set(routes.map(({ method, path }) => `${method} ${path}`))];
}

type Door = MiddlewareHandler<Guarded>;

/**
 * Null: no door. An invitation is looked at where it is opened (modules/joining), and a token that may
 * be over where its request waits its turn: a crowd must not reach the database before (admission.ts).
 */
function doorsOver(deps: GuardDeps): Record<RouteRight, Door | null> {
  return {
    anybody: null,
    invited: null,
    token: null,
    machine: async (c, next) => {
      if (!isLocal(c)) return errorAnswer(c.req.raw, 'request.not-found');
      return next();
    },
    'own-page': async (c, next) => {
      if (!isOwnPage(c.req.raw)) return errorAnswer(c.req.raw, 'request.malformed');
      return next();
    },
    device: async (c, next) => {
      const session = await sessionOf(deps, c);
      if (!session.ok) return errorAnswer(c.req.raw, session.error);
      c.set('session', session.value);
      return next();
    },
    desk: officeDoor(deps, ({ grants }) => grants.some(({ role }) => isDesk(role))),
    administrator: officeDoor(deps, administers),
  };
}

/** For whoever holds an office; to everybody else there is no such path. */
function officeDoor(deps: GuardDeps, holds: (session: Session) => boolean): Door {
  return async (c, next) => {
    const session = await sessionOf(deps, c);
    if (!session.ok || !holds(session.value)) return errorAnswer(c.req.raw, 'request.not-found');
    c.set('session', session.value);
    return next();
  };
}

function sessionOf({ database, clock }: GuardDeps, c: Context) {
  return findSession(database.db, c.req.header('authorization'), clock.now());
}

function administers({ grants, county }: Session): boolean {
  return grants.some(({ role, scope }) => role === 'administrator' && scope === county);
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
/** What a proxy in front adds: then the asker is not on this machine, though the connection is. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

function isLocal(c: Context): boolean {
  if (PROXY_HEADERS.some((name) => c.req.header(name) !== undefined)) return false;
  return LOOPBACK.test(getConnInfo(c).remote.address ?? '');
}
