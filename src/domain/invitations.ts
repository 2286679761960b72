/** What phone and server must agree on about invitations. */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { toBase64Url } from '#lib/base64.ts';

/**
 * What records and the server keep of an invitation: SHA-256 of the secret's text as it stands in
 * the link, base64url. Whoever reads the hash can't join with it.
 */
export function invitationHash(secret: string): string {
  return toBase64Url(sha256(utf8ToBytes(secret)));
}
