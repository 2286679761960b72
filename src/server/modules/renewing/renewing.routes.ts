/** POST /api/renew (protocol/renew.ts). */
import { Hono } from 'hono';
import * as v from 'valibot';
import { errorAnswer, jsonAnswer } from '#server/http/answers.ts';
import { readJson } from '#server/http/request-body.ts';
import { renewRequestSchema } from '#protocol/renew.ts';
import { renew, type RenewingDeps } from './renewing.usecases.ts';

/** A device, a token and a key fit many times over. */
const LIMITS = { max: 4 * 1024, inflatedMax: 4 * 1024 };

/** The route over its use case. */
export function renewingRoutes(deps: RenewingDeps): Hono {
  return new Hono().post('/api/renew', async (c) => {
    const request = c.req.raw;
    const body = await readJson(request, LIMITS);
    if (!body.ok) return errorAnswer(request, body.error);
    const parsed = v.safeParse(renewRequestSchema, body.value);
    if (!parsed.success) return errorAnswer(request, 'request.malformed');
    const answer = await renew(deps, c.req.header('authorization'), parsed.output);
    return answer.ok ? jsonAnswer(request, answer.value) : errorAnswer(request, answer.error);
  });
}
