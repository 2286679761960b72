/** Why a device gets no new id. Each is a code of protocol/errors.ts. */
export type RenewingError =
  'session.unknown' | 'session.revoked' | 'request.malformed' | 'server.disk-low';
