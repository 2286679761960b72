/** POST /api/retention (protocol/retention.ts). */
import { Hono } from 'hono';
import * as v from 'valibot';
import { retentionRequestSchema } from '#protocol/retention.ts';
import { errorAnswer, jsonAnswer } from '#server/http/answers.ts';
import type { Guarded } from '#server/http/guard.ts';
import { readJson } from '#server/http/request-body.ts';
import { wouldGo, type RetentionDeps } from './retention.usecases.ts';

/** Three numbers fit many times over. */
const LIMITS = { max: 1024, inflatedMax: 1024 };

/** The route, which the guard keeps. */
export function retentionRoutes(deps: RetentionDeps): Hono<Guarded> {
  return new Hono<Guarded>().post('/api/retention', async (c) => {
    const request = c.req.raw;
    const body = await readJson(request, LIMITS);
    if (!body.ok) return errorAnswer(request, body.error);
    const rule = v.safeParse(retentionRequestSchema, body.value);
    if (!rule.success) return errorAnswer(request, 'request.malformed');
    return jsonAnswer(request, await wouldGo(deps, c.get('session').county, rule.output));
  });
}
