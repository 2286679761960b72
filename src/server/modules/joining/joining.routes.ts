/** POST /api/county, /api/join/look and /api/join (protocol/join.ts). The secret is in the body, never in a URL. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { errorAnswer, jsonAnswer } from '#server/http/answers.ts';
import { readJson } from '#server/http/request-body.ts';
import type { Result } from '#lib/result.ts';
import { countyRequestSchema, joinRequestSchema, lookRequestSchema } from '#protocol/join.ts';
import type { JoiningError } from './joining.errors.ts';
import { county, join, look, type JoiningDeps } from './joining.usecases.ts';

/** A secret, a device, a token and a key fit many times over. */
const LIMITS = { max: 4 * 1024, inflatedMax: 4 * 1024 };

/** The routes over their use cases. */
export function joiningRoutes(deps: JoiningDeps): Hono {
  const routes = new Hono();
  routes.post('/api/county', (c) => answer(c.req.raw, countyRequestSchema, () => county(deps)));
  routes.post('/api/join/look', (c) =>
    answer(c.req.raw, lookRequestSchema, ({ secret }) => look(deps, secret)),
  );
  routes.post('/api/join', (c) =>
    answer(c.req.raw, joinRequestSchema, (request) => join(deps, request)),
  );
  return routes;
}

async function answer<S extends v.GenericSchema, T>(
  request: Request,
  schema: S,
  work: (input: v.InferOutput<S>) => Promise<Result<T, JoiningError>>,
): Promise<Response> {
  const body = await readJson(request, LIMITS);
  if (!body.ok) return errorAnswer(request, body.error);
  const parsed = v.safeParse(schema, body.value);
  if (!parsed.success) return errorAnswer(request, unreadable(body.value));
  const result = await work(parsed.output);
  return result.ok ? jsonAnswer(request, result.value) : errorAnswer(request, result.error);
}

/** A mangled link has a secret of the wrong form: to the person it is an invitation nobody knows. */
function unreadable(body: unknown): 'invitation.unknown' | 'request.malformed' {
  const secret = (body as { secret?: unknown } | null)?.secret;
  const isMangled = typeof secret === 'string' && !v.is(lookRequestSchema, { secret });
  return isMangled ? 'invitation.unknown' : 'request.malformed';
}
