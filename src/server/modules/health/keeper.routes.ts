/** POST /api/health (protocol/health.ts). */
import { Hono } from 'hono';
import { errorAnswer, jsonAnswer } from '#server/http/answers.ts';
import { answerHealth, type KeeperDeps } from './keeper.usecases.ts';

/** The route. What is in the request's body makes no difference to anybody. */
export function keeperRoutes(deps: KeeperDeps): Hono {
  return new Hono().post('/api/health', async (c) => {
    const answer = await answerHealth(deps, c.req.header('authorization'));
    return answer.ok
      ? jsonAnswer(c.req.raw, answer.value)
      : errorAnswer(c.req.raw, 'request.not-found');
  });
}
