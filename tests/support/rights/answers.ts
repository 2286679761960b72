/** The table of routes that rights-routes.test.ts asks, by hand. */

/**
 * What is answered, by hand: without a token, with one that is over, to whoever has one, to an
 * administrator in his days, and to who keeps a roster in theirs (left out: as to whoever has one).
 */
export const ANSWERS: Record<
  string,
  [none: number, over: number, device: number, administrator: number, desk?: number]
> = {
  'GET /healthz': [200, 200, 200, 200],
  'GET /readyz': [200, 200, 200, 200],
  // From this machine; through a proxy below.
  'GET /metrics': [200, 200, 200, 200],
  'GET /api/openapi.json': [200, 200, 200, 200],
  'POST /api/county': [200, 200, 200, 200],
  // With a secret that nobody gave: a token opens no invitation.
  'POST /api/join/look': [404, 404, 404, 404],
  'POST /api/join': [404, 404, 404, 404],
  'POST /api/join/again': [404, 404, 404, 404],
  // Without a cookie; from another site below.
  'POST /api/join/recall': [200, 200, 200, 200],
  'POST /api/join/keep': [401, 401, 200, 200],
  'POST /api/move': [401, 401, 200, 200],
  // With a code that nobody made.
  'POST /api/move/take': [410, 410, 410, 410],
  // Under the id that it has: the device is known, and nothing is renewed.
  'POST /api/renew': [401, 401, 400, 400],
  'POST /api/sync': [401, 401, 200, 200],
  'POST /api/once': [404, 404, 404, 404, 200],
  // A link that nobody made.
  'GET /once/:id': [410, 410, 410, 410],
  'GET /once/:id/file': [410, 410, 410, 410],
  'POST /api/health': [404, 404, 404, 200],
  'POST /api/retention': [404, 404, 404, 200],
  'ALL /api/*': [404, 404, 404, 404],
  'GET /*': [200, 200, 200, 200],
  'ALL /*': [200, 200, 200, 200],
};
