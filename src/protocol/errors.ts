/**
 * Every code that the server may answer or the phone may show in its place. Each has a text in
 * locales/ under `errors` (dots become the path); a meta test checks it.
 */
export const ERROR_CODES = [
  'request.malformed',
  'request.too-large',
  'request.unknown-version',
  'request.not-found',
  'session.unknown',
  'session.revoked',
  'invitation.unknown',
  'invitation.used',
  'invitation.expired',
  'invitation.asked',
  'move.over',
  'move.lent',
  'server.unavailable',
  'server.disk-low',
  'network.unreachable',
  'network.portal',
  'network.timeout',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The body of every answer that is not 2xx. `detail` is for a log, never for a screen. */
export interface ErrorAnswer {
  error: ErrorCode;
  detail?: string;
}
