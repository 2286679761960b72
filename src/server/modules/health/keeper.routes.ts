/** POST /api/health (protocol/health.ts). */
import { Hono } from 'hono';
import { jsonAnswer } from '#server/http/answers.ts';
import { answerHealth, type KeeperDeps } from './keeper.usecases.ts';

/** The route, which the guard keeps. What is in the request's body makes no difference to anybody. */
export function keeperRoutes(deps: KeeperDeps): Hono {
  return new Hono().post('/api/health', async (c) =>
    jsonAnswer(c.req.raw, await answerHealth(deps)),
  );
}
