/** For whoever watches the machine: /healthz, /readyz, and /metrics for this machine alone. */
import { Hono } from 'hono';
import { sql, type Kysely } from 'kysely';
import type { Registry } from 'prom-client';
import { errorAnswer, jsonAnswer } from '#server/http/answers.ts';
import type { Schema } from '#server/db/schema.ts';

export interface HealthDeps {
  db: Kysely<Schema>;
  metrics: Registry;
}

/** A database that needs longer for `select 1` is of no use to a phone. */
const ANSWER_LIMIT_MS = 2_000;

/** The routes. The app is only made once migrations are in, so readyz asks for the database alone. */
export function healthRoutes({ db, metrics }: HealthDeps): Hono {
  const routes = new Hono();
  routes.get('/healthz', (c) => jsonAnswer(c.req.raw, { status: 'ok' }));
  routes.get('/readyz', async (c) =>
    (await answers(db))
      ? jsonAnswer(c.req.raw, { status: 'ready' })
      : errorAnswer(c.req.raw, 'server.unavailable'),
  );
  routes.get('/metrics', async () => {
    const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' };
    return new Response(await metrics.metrics(), { headers });
  });
  return routes;
}

async function answers(db: Kysely<Schema>): Promise<boolean> {
  const late = new Promise<boolean>((done) =>
    setTimeout(() => done(false), ANSWER_LIMIT_MS).unref(),
  );
  const asked = sql`select from applied_migrations limit 1`.execute(db).then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]);
}
