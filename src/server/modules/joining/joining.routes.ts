/**
 * POST /api/county, /api/join/look and /api/join (protocol/join.ts), /api/join/again
 * (protocol/rejoin.ts), /api/join/keep and /api/join/recall (protocol/recall.ts). The secret is in the
 * body, never in a URL.
 */
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { errorAnswer, jsonAnswer } from '#server/http/answers.ts';
import type { Guarded } from '#server/http/guard.ts';
import { readJson } from '#server/http/request-body.ts';
import { ok, type Result } from '#lib/result.ts';
import { countyRequestSchema, joinRequestSchema, lookRequestSchema } from '#protocol/join.ts';
import { againRequestSchema } from '#protocol/rejoin.ts';
import { recallRequestSchema, type KeepAnswer, type RecallAnswer } from '#protocol/recall.ts';
import { bearerOf } from '#server/http/session.ts';
import { clearedCookie, tokenCookie, tokenCookies } from '#server/http/token-cookie.ts';
import { askAgain, type AgainDeps } from './again.usecases.ts';
import type { JoiningError } from './joining.errors.ts';
import { county, join, look } from './joining.usecases.ts';
import { recall } from './recall.usecases.ts';

/** A secret, a device, a token and a key fit many times over. */
const LIMITS = { max: 4 * 1024, inflatedMax: 4 * 1024 };

export interface JoiningRoutesDeps extends AgainDeps {
  /** Phones come over https: then tokens are laid down as cookies too. */
  secure: boolean;
}

/** The routes over their use cases. */
export function joiningRoutes(deps: JoiningRoutesDeps): Hono<Guarded> {
  const routes = new Hono<Guarded>();
  routes.post('/api/county', (c) => answer(c.req.raw, countyRequestSchema, () => county(deps)));
  routes.post('/api/join/look', (c) =>
    answer(c.req.raw, lookRequestSchema, ({ secret }) => look(deps, secret)),
  );
  routes.post('/api/join', (c) =>
    answer(
      c.req.raw,
      joinRequestSchema,
      (request) => join(deps, request),
      ({ person }, { token }) => (deps.secure ? [tokenCookie(person, token)] : []),
    ),
  );
  routes.post('/api/join/again', (c) =>
    answer(
      c.req.raw,
      againRequestSchema,
      (request) => askAgain(deps, request),
      (told, { token }) =>
        deps.secure && told.state === 'in' ? [tokenCookie(told.joined.person, token)] : [],
    ),
  );
  routes.post('/api/join/keep', (c) => keep(deps, c));
  routes.post('/api/join/recall', (c) => answerRecall(deps, c.req.raw));
  return routes;
}

function keep({ secure }: JoiningRoutesDeps, c: Context<Guarded>) {
  const request = c.req.raw;
  const token = bearerOf(c.req.header('authorization')) ?? '';
  const cookies = secure ? [tokenCookie(c.get('session').person, token)] : [];
  const told: KeepAnswer = { kept: secure };
  return answer(
    request,
    recallRequestSchema,
    async () => ok(told),
    () => cookies,
  );
}

async function answerRecall(deps: JoiningRoutesDeps, request: Request): Promise<Response> {
  const { people, over } = await recall(deps, deps.secure ? tokenCookies(request) : []);
  const told: RecallAnswer = { people };
  return answer(
    request,
    recallRequestSchema,
    async () => ok(told),
    () => over.map(clearedCookie),
  );
}

/** Reads, checks, works and answers, with whatever cookies are to be laid down. */
export async function answer<S extends v.GenericSchema, T>(
  request: Request,
  schema: S,
  work: (input: v.InferOutput<S>) => Promise<Result<T, JoiningError>>,
  cookiesOf: (told: T, input: v.InferOutput<S>) => readonly string[] = () => [],
): Promise<Response> {
  const body = await readJson(request, LIMITS);
  if (!body.ok) return errorAnswer(request, body.error);
  const parsed = v.safeParse(schema, body.value);
  if (!parsed.success) return errorAnswer(request, unreadable(body.value));
  const result = await work(parsed.output);
  if (!result.ok) return errorAnswer(request, result.error);
  const told = await jsonAnswer(request, result.value);
  for (const cookie of cookiesOf(result.value, parsed.output))
    told.headers.append('set-cookie', cookie);
  return told;
}

/** A mangled link has a secret of the wrong form: to the person it is an invitation nobody knows. */
function unreadable(body: unknown): 'invitation.unknown' | 'request.malformed' {
  const secret = (body as { secret?: unknown } | null)?.secret;
  const isMangled = typeof secret === 'string' && !v.is(lookRequestSchema, { secret });
  return isMangled ? 'invitation.unknown' : 'request.malformed';
}
