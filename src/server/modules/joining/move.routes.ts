/** POST /api/move and /api/move/take (protocol/move.ts). */
import { Hono } from 'hono';
import { moveRequestSchema, takeRequestSchema } from '#protocol/move.ts';
import type { Guarded } from '#server/http/guard.ts';
import { tokenCookie } from '#server/http/token-cookie.ts';
import { answer } from './joining.routes.ts';
import type { JoiningDeps } from './joining.usecases.ts';
import { move, take } from './move.usecases.ts';

export interface MoveRoutesDeps extends JoiningDeps {
  /** As for joining. */
  secure: boolean;
}

/** The routes over their use cases. */
export function moveRoutes(deps: MoveRoutesDeps): Hono<Guarded> {
  const routes = new Hono<Guarded>();
  routes.post('/api/move', (c) =>
    answer(c.req.raw, moveRequestSchema, (request) => move(deps, c.get('session'), request)),
  );
  routes.post('/api/move/take', (c) =>
    answer(
      c.req.raw,
      takeRequestSchema,
      (request) => take(deps, request),
      // A browser that was lent keeps no second copy of a token that is soon over.
      ({ person, ends }, { token }) =>
        deps.secure && ends === null ? [tokenCookie(person, token)] : [],
    ),
  );
  return routes;
}
