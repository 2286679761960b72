/**
 * Reading a request's JSON or its small form (protocol/compact.ts). Promises: never more than `max` bytes are taken in nor more than
 * `inflatedMax` inflated; a body that is cut, padded, of another encoding or no JSON is refused
 * whole, so that a batch is either understood entirely or sent again (S-20).
 */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fail, ok, type Result } from '#lib/result.ts';
import { COMPACT_TYPE, fromCompact } from '#protocol/compact.ts';

export type BodyError = 'request.malformed' | 'request.too-large';

const inflate = promisify(gunzip);

/** The parsed body; `max` counts bytes as sent, `inflatedMax` after inflation (plain bodies too). */
export async function readJson(
  request: Request,
  { max, inflatedMax }: { max: number; inflatedMax: number },
): Promise<Result<unknown, BodyError>> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  const zipped = encoding === 'gzip';
  if (!zipped && encoding !== 'identity') return fail('request.malformed');
  const bytes = await readBytes(request, zipped ? max : inflatedMax);
  if (!bytes.ok) return bytes;
  const text = zipped ? await inflated(bytes.value, inflatedMax) : bytes;
  if (!text.ok) return text;
  if (!isCompact(request)) return parse(text.value);
  const value = fromCompact(text.value, inflatedMax);
  return value.ok ? value : fail('request.malformed');
}

/** Whether the request came in the small form; then its answer goes in it too. */
export function isCompact(request: Request): boolean {
  return request.headers.get('content-type') === COMPACT_TYPE;
}

async function readBytes(request: Request, max: number): Promise<Result<Buffer, BodyError>> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) > max) return fail('request.too-large');
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of request.body ?? []) {
      length += part.length;
      if (length > max) return fail('request.too-large');
      parts.push(part);
    }
  } catch {
    return fail('request.malformed'); // the connection ended before the body did
  }
  if (declared !== null && Number(declared) !== length) return fail('request.malformed');
  return ok(Buffer.concat(parts));
}

async function inflated(bytes: Buffer, max: number): Promise<Result<Buffer, BodyError>> {
  try {
    return ok(await inflate(bytes, { maxOutputLength: max }));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return fail(code === 'ERR_BUFFER_TOO_LARGE' ? 'request.too-large' : 'request.malformed');
  }
}

function parse(bytes: Buffer): Result<unknown, BodyError> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return fail('request.malformed');
  }
}
