/** Why an invitation does not open. Each is a code of protocol/errors.ts with a way on for the person. */
export type JoiningError =
  | 'invitation.unknown'
  | 'invitation.used'
  | 'invitation.expired'
  | 'invitation.asked'
  | 'move.over'
  | 'move.lent'
  | 'request.malformed'
  | 'server.disk-low';
