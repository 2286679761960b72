/**
 * Who may ask what: every route of the server with its right. The server goes by this table (guard.ts)
 * and does not start with a route that has no line here. What a token may write and read inside a sync
 * is the other table's matter, that of the kinds (domain/kinds.ts, domain/audience.ts).
 */

/**
 * anybody: nothing is asked, nothing about anybody is told · machine: this machine itself, not through
 * a proxy · invited: whoever has an invitation's secret or a 搬 code, of which the body tells · own-page: a page of
 * ours, for the people whose cookies the browser keeps · token: of a person's device, an ended one too,
 * which may only hand in · device: a token in force · desk: of whoever keeps a roster · administrator: of
 * the county; to everybody else there is no such path as those of the last two.
 */
export type RouteRight =
  'anybody' | 'machine' | 'invited' | 'own-page' | 'token' | 'device' | 'desk' | 'administrator';

export const ROUTE_RIGHTS = {
  'GET /healthz': 'anybody',
  'GET /readyz': 'anybody',
  'GET /metrics': 'machine',
  'GET /api/openapi.json': 'anybody',
  'POST /api/county': 'anybody',
  'POST /api/join/look': 'invited',
  'POST /api/join': 'invited',
  'POST /api/join/again': 'invited',
  'POST /api/join/recall': 'own-page',
  'POST /api/join/keep': 'device',
  'POST /api/move': 'device',
  'POST /api/move/take': 'invited',
  'POST /api/renew': 'token',
  'POST /api/sync': 'token',
  'POST /api/once': 'desk',
  /** A link of 128 bits that opens one table once. */
  'GET /once/:id': 'anybody',
  'GET /once/:id/file': 'anybody',
  'POST /api/health': 'administrator',
  'POST /api/retention': 'administrator',
  /** There is nothing else under /api. */
  'ALL /api/*': 'anybody',
  /** The app's files. */
  'GET /*': 'anybody',
  /** The log. */
  'ALL /*': 'anybody',
} as const satisfies Record<string, RouteRight>;
