import type { MoveError } from './moving.port.ts';

/** Why a code could not be made or used; each has a text under move.trouble and a way on. */
export type MoveTrouble =
  | 'over'
  | 'lent'
  | 'own'
  | 'unsent'
  | 'offline'
  | 'portal'
  | 'server'
  | 'session'
  | 'insecure'
  | 'no-storage'
  | 'other';

const EXACT: Partial<Record<MoveError, MoveTrouble>> = {
  'move.over': 'over',
  'move.lent': 'lent',
  'move.own': 'own',
  'move.unsent': 'unsent',
  'network.portal': 'portal',
  'write.no-crypto': 'insecure',
  'storage.none': 'no-storage',
  'storage.failed': 'no-storage',
  // A server from before there were codes.
  'request.not-found': 'server',
};

/** What is said of it. */
export function moveTroubleOf(error: MoveError): MoveTrouble {
  const exact = EXACT[error];
  if (exact) return exact;
  if (error.startsWith('network.')) return 'offline';
  if (error.startsWith('session.')) return 'session';
  return error.startsWith('server.') ? 'server' : 'other';
}
