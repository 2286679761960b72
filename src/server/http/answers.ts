/**
 * Answers of the API: JSON, or its small form where the request had it, with no-store, nosniff, type, length and nothing else of weight; gzip
 * where the asker takes it and it saves a packet. An error is a code of protocol/errors.ts, never a
 * message of a library.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { COMPACT_TYPE, toCompact } from '#protocol/compact.ts';
import type { ErrorAnswer, ErrorCode } from '#protocol/errors.ts';
import { isCompact } from './request-body.ts';

/** What fits beside the headers in one packet is not worth compressing. */
const GZIP_FROM_BYTES = 1_400;

/** A database that restarts is back by then. */
const RETRY_AFTER_SECONDS = 10;

const STATUS: Record<ErrorCode, number> = {
  'request.malformed': 400,
  'request.too-large': 413,
  'request.unknown-version': 400,
  'request.not-found': 404,
  'session.unknown': 401,
  'session.revoked': 401,
  'invitation.unknown': 404,
  'invitation.used': 409,
  'invitation.expired': 410,
  'invitation.asked': 409,
  'move.over': 410,
  'move.lent': 403,
  'server.unavailable': 503,
  'server.disk-low': 507,
  // What only a phone can find out; never answered.
  'network.unreachable': 500,
  'network.portal': 500,
  'network.timeout': 500,
};

const compress = promisify(gzip);

/** A JSON answer for `request`. */
export function jsonAnswer(request: Request, body: unknown, status = 200): Promise<Response> {
  const bytes = Buffer.from(JSON.stringify(body));
  return packedAnswer(request, { bytes, type: 'application/json', status });
}

/** An answer in the form of `request`: JSON or small. */
export function sameFormAnswer(request: Request, body: unknown): Promise<Response> {
  if (!isCompact(request)) return jsonAnswer(request, body);
  const bytes = Buffer.from(toCompact(body).buffer);
  return packedAnswer(request, { bytes, type: COMPACT_TYPE, status: 200 });
}

async function packedAnswer(
  request: Request,
  { bytes, type, status }: { bytes: Buffer; type: string; status: number },
): Promise<Response> {
  const headers = new Headers({
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const small = bytes.length <= GZIP_FROM_BYTES;
  if (small || !takes(request, 'gzip')) return withLength(bytes, headers, status);
  headers.set('content-encoding', 'gzip');
  return withLength(await compress(bytes), headers, status);
}

/** The answer to an expected failure; 503 says when to come again, in seconds. */
export async function errorAnswer(
  request: Request,
  error: ErrorCode,
  retryAfter = RETRY_AFTER_SECONDS,
): Promise<Response> {
  const body: ErrorAnswer = { error };
  const answer = await jsonAnswer(request, body, STATUS[error]);
  if (answer.status === 503) answer.headers.set('retry-after', `${retryAfter}`);
  return answer;
}

/** Whether the asker takes a content encoding (`gzip;q=0` means no). */
export function takes(request: Request, encoding: string): boolean {
  const accepted = request.headers.get('accept-encoding') ?? '';
  return accepted.split(',').some((part) => {
    const [name, ...parameters] = part.trim().toLowerCase().split(';');
    return name === encoding && !parameters.some((p) => /^\s*q=0(\.0*)?\s*$/.test(p));
  });
}

function withLength(bytes: Buffer, headers: Headers, status: number): Response {
  headers.set('content-length', String(bytes.length));
  return new Response(new Uint8Array(bytes), { status, headers });
}
