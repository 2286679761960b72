/** The server as one value: routes over their dependencies. Never listens (start.ts does). */
import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Clock } from '#lib/clock.ts';
import type { Ids } from '#lib/ids.ts';
import type { Random } from '#lib/random.ts';
import type { Database } from './db/database.ts';
import type { Disk } from './disk.ts';
import type { CrowdLimits } from './http/admission.ts';
import { errorAnswer, jsonAnswer } from './http/answers.ts';
import { checkRoutes, guardRoutes } from './http/guard.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { openApi } from './http/openapi.ts';
import { staticRoutes } from './http/static.routes.ts';
import type { Machine } from './machine.ts';
import { healthRoutes } from './modules/health/health.routes.ts';
import { keeperRoutes } from './modules/health/keeper.routes.ts';
import { joiningRoutes } from './modules/joining/joining.routes.ts';
import { moveRoutes } from './modules/joining/move.routes.ts';
import { onceRoutes } from './modules/once/once.routes.ts';
import { createOrganisation } from './modules/organisation/organisation.usecases.ts';
import { retentionRoutes } from './modules/retention/retention.routes.ts';
import { renewingRoutes } from './modules/renewing/renewing.routes.ts';
import { syncRoutes } from './modules/sync/sync.routes.ts';

export interface AppDeps {
  database: Database;
  clock: Clock;
  ids: Ids;
  random: Random;
  log: Logger;
  /** While it is low, nothing new is written and everything is read. */
  disk: Disk;
  /** Facts for the administrators' health page. */
  machine: Machine;
  /** The built app (index.html, assets/, packs/ …). */
  appDir: string;
  /** Hashed files of past builds; null where none are kept. */
  pastAssetsDir: string | null;
  /** How many may sync at once; left out: what a machine of two cores takes. */
  crowd?: CrowdLimits;
  /** Phones reach it over https, by its own TLS or a proxy's; left out: they do not. */
  secure?: boolean;
  /** Phones drop the worker that they have. */
  workerOff?: boolean;
}

/** Every route of the server; hand `fetch` to whatever listens. */
export function createApp(deps: AppDeps): Hono {
  const { database, log } = deps;
  const metrics = createMetrics(database.pool);
  const api = openApi();
  const onError = (error: unknown) => log.error({ error: plainError(error) }, 'database');
  const app = new Hono();
  app.use(accessLog(log, metrics));
  guardRoutes(app, deps);
  app.route('/', healthRoutes({ db: database.db, metrics: metrics.registry }));
  app.route('/', keeperRoutes(deps));
  app.route('/', retentionRoutes(deps));
  app.route('/', joiningRoutes({ ...deps, secure: deps.secure ?? false }));
  app.route('/', moveRoutes({ ...deps, secure: deps.secure ?? false }));
  app.route('/', renewingRoutes(deps));
  app.route('/', onceRoutes(deps));
  app.route('/', syncRoutes({ ...deps, projector: createOrganisation(deps), onError }));
  app.get('/api/openapi.json', (c) => jsonAnswer(c.req.raw, api));
  app.all('/api/*', (c) => errorAnswer(c.req.raw, 'request.not-found'));
  app.route('/', staticRoutes(deps));
  app.notFound((c) => errorAnswer(c.req.raw, 'request.not-found'));
  app.onError((error, c) => {
    log.error({ error: plainError(error) }, 'request failed');
    return errorAnswer(c.req.raw, 'server.unavailable');
  });
  checkRoutes(app);
  return app;
}

/** Method, kind, status and time; no path of a person, no query, no header. */
function accessLog(log: Logger, metrics: Metrics) {
  return async (
    c: { req: { path: string; method: string }; res: Response },
    next: () => Promise<void>,
  ) => {
    const began = performance.now();
    await next();
    const ms = Math.round(performance.now() - began);
    const kind = kindOf(c.req.path);
    metrics.answered(kind, c.res.status, ms / 1000);
    log.debug({ kind, method: c.req.method, status: c.res.status, ms }, 'answered');
  };
}

function kindOf(path: string) {
  if (path === '/api/sync') return 'sync';
  if (path.startsWith('/api/join')) return 'join';
  return path.startsWith('/api/') ? 'other' : 'file';
}

/** A database's `detail` may hold a row; only where and what kind of error is logged. */
function plainError(error: unknown) {
  if (!(error instanceof Error)) return { message: 'not an error' };
  const code = 'code' in error ? String(error.code) : undefined;
  // A message of the database may quote a value; its code says as much.
  return {
    name: error.name,
    code,
    message: code ? undefined : error.message,
    stack: frames(error),
  };
}

function frames(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}
