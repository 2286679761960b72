/** POST /api/sync (protocol/sync.ts). */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Random } from '#lib/random.ts';
import { comeAgainSeconds, createAdmission, type CrowdLimits } from '#server/http/admission.ts';
import { errorAnswer, sameFormAnswer } from '#server/http/answers.ts';
import { readJson } from '#server/http/request-body.ts';
import { INFLATED_MAX_BYTES, REQUEST_MAX_BYTES, syncRequestSchema } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { createForgeryWatch } from './forgery-watch.ts';
import type { PushDeps } from './store-records.ts';
import { answerSync } from './sync.usecases.ts';

const LIMITS = { max: REQUEST_MAX_BYTES, inflatedMax: INFLATED_MAX_BYTES };

export interface SyncRouteDeps extends PushDeps {
  random: Random;
  crowd?: CrowdLimits | undefined;
}

/** The route over its use case. */
export function syncRoutes(deps: SyncRouteDeps): Hono {
  const admission = createAdmission(deps.crowd);
  const watched = { ...deps, forgeries: createForgeryWatch(deps) };
  return new Hono().post('/api/sync', async (c) => {
    const request = c.req.raw;
    const body = await readJson(request, LIMITS);
    if (!body.ok) return errorAnswer(request, body.error);
    if (isUnknownVersion(body.value)) return errorAnswer(request, 'request.unknown-version');
    const parsed = v.safeParse(syncRequestSchema, body.value);
    if (!parsed.success) return errorAnswer(request, 'request.malformed');
    const leave = await admission.enter(parsed.output.records?.length ? 'push' : 'fetch');
    if (!leave) return errorAnswer(request, 'server.unavailable', comeAgainSeconds(deps.random));
    const answer = await answerSync(watched, c.req.header('authorization'), parsed.output).finally(
      leave,
    );
    return answer.ok ? sameFormAnswer(request, answer.value) : errorAnswer(request, answer.error);
  });
}

/** Asked before the schema, which says nothing about how other versions look. */
function isUnknownVersion(body: unknown): boolean {
  const version = (body as { v?: unknown } | null)?.v;
  if (typeof version !== 'number') return false;
  return !Number.isInteger(version) || version < 1 || version > PROTOCOL_VERSION;
}
