/** POST /api/once (protocol/once.ts), and the link that it gives: its page and its one download. */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { ExportForm } from '#domain/bodies/export.ts';
import { civilDay } from '#domain/civil-day.ts';
import { ONCE_BYTES_MAX, onceRequestSchema } from '#protocol/once.ts';
import { errorAnswer, jsonAnswer } from '#server/http/answers.ts';
import type { Guarded } from '#server/http/guard.ts';
import { readJson } from '#server/http/request-body.ts';
import { documentHeaders } from '#server/http/security-headers.ts';
import { oncePage } from './once-page.ts';
import { createOnceShelf, type OnceDeps, type OnceFile } from './once.usecases.ts';

/** The file as base64url, and the little around it. */
const BODY_MAX = ONCE_BYTES_MAX * 1.4;
const LIMITS = { max: BODY_MAX, inflatedMax: BODY_MAX };

const TYPES: Record<ExportForm, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** The routes over a shelf of their own; the first is kept by the guard. */
export function onceRoutes(deps: OnceDeps): Hono<Guarded> {
  const shelf = createOnceShelf(deps);
  const routes = new Hono<Guarded>();
  routes.post('/api/once', async (c) => {
    const request = c.req.raw;
    const body = await readJson(request, LIMITS);
    if (!body.ok) return errorAnswer(request, body.error);
    const parsed = v.safeParse(onceRequestSchema, body.value);
    if (!parsed.success) return errorAnswer(request, 'request.malformed');
    const left = shelf.leave(c.get('session').person, parsed.output);
    return left.ok ? jsonAnswer(request, left.value) : errorAnswer(request, left.error);
  });
  routes.get('/once/:id', (c) => {
    const id = c.req.param('id');
    return page(c.req.raw, shelf.look(id).ok ? `/once/${id}/file` : null);
  });
  routes.get('/once/:id/file', (c) => {
    const id = c.req.param('id');
    // Who asks for the head alone (a download manager, to know how large it is) has taken nothing.
    const taken = c.req.method === 'HEAD' ? shelf.look(id) : shelf.take(id);
    return taken.ok ? fileAnswer(taken.value, deps.clock.now()) : page(c.req.raw, null);
  });
  return routes;
}

function page(request: Request, download: string | null): Response {
  const html = oncePage(request.headers.get('accept-language') ?? undefined, download);
  const headers = { ...documentHeaders(html), 'content-type': 'text/html; charset=utf-8' };
  const status = download ? 200 : 410;
  return new Response(html, { status, headers: { ...headers, 'cache-control': 'no-store' } });
}

/** Named by the day of its download alone. */
function fileAnswer({ as, bytes }: OnceFile, now: number): Response {
  const name = `rixue-${civilDay(now)}.${as}`;
  return new Response(bytes, {
    headers: {
      'content-type': TYPES[as],
      'content-disposition': `attachment; filename="${name}"`,
      'content-length': String(bytes.length),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  });
}
