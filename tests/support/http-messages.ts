/** HTTP/1.1 messages out of raw bytes, to read what a phone was really sent. */
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';

export type HttpMessage = {
  /** `GET /x HTTP/1.1` or `HTTP/1.1 200 OK` */
  start: string;
  /** Names in lower case; repeated headers joined by `, `. */
  headers: Record<string, string>;
  /** Without chunk frames, still in its content encoding: see `decodeBody`. */
  body: Buffer;
  raw: Buffer;
  /** False when the connection ended inside it. */
  complete: boolean;
};

const HEAD_END = '\r\n\r\n';
type Framed = { body: Buffer; length: number; complete: boolean };

/**
 * All messages in `bytes`, in order; an unfinished one comes last with `complete: false`.
 *
 * @param methods of answers: the methods of the requests, because an answer to HEAD has no body
 */
export function parseHttpMessages(bytes: Buffer, methods: string[] = []): HttpMessage[] {
  const messages: HttpMessage[] = [];
  let answered = 0;
  for (let rest = bytes; rest.length > 0;) {
    const message = parseOne(rest, methods[answered]);
    if (message === undefined) break;
    rest = rest.subarray(message.raw.length);
    if (!/^HTTP\/1\.1 1\d\d /.test(message.start)) {
      messages.push(message);
      answered += 1;
    }
  }
  return messages;
}

/** The body as its reader sees it; of a cut one what can be read. Throws on what is no such code. */
export function decodeBody({ body, headers }: Pick<HttpMessage, 'body' | 'headers'>): Buffer {
  if (body.length === 0) return body;
  const flush = { finishFlush: constants.Z_SYNC_FLUSH };
  switch (headers['content-encoding']) {
    case undefined:
    case 'identity':
      return body;
    case 'gzip':
      return gunzipSync(body, flush);
    case 'deflate':
      return inflateSync(body, flush);
    case 'br':
      return brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH });
    default:
      throw new Error(`unknown content encoding: ${headers['content-encoding']}`);
  }
}

function parseOne(bytes: Buffer, method?: string): HttpMessage | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const [start = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = parseHeaders(lines);
  const bodyAt = end + HEAD_END.length;
  const framed = frame(bytes.subarray(bodyAt), start, headers, method);
  return {
    start,
    headers,
    body: framed.body,
    raw: bytes.subarray(0, bodyAt + framed.length),
    complete: framed.complete,
  };
}

function parseHeaders(lines: string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

/** How much of `rest` belongs to this message (RFC 9112, section 6.3). */
function frame(
  rest: Buffer,
  start: string,
  headers: Record<string, string>,
  method?: string,
): Framed {
  const answer = start.startsWith('HTTP/');
  const none = { body: Buffer.alloc(0), length: 0, complete: true };
  if (method === 'HEAD' || /^HTTP\/1\.1 (1\d\d|204|304) /.test(start)) return none;
  if (/chunked/i.test(headers['transfer-encoding'] ?? '')) return unchunk(rest);
  const declared = headers['content-length'];
  if (declared !== undefined) {
    const body = rest.subarray(0, Number(declared));
    return { body, length: body.length, complete: body.length === Number(declared) };
  }
  return answer ? { body: rest, length: rest.length, complete: true } : none;
}

function unchunk(rest: Buffer): Framed {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = rest.indexOf('\r\n', at);
    const size = parseInt(rest.subarray(at, lineEnd).toString('latin1'), 16);
    const from = lineEnd + 2;
    if (lineEnd < 0 || Number.isNaN(size) || rest.length < from + size + 2) {
      return { body: Buffer.concat(parts), length: rest.length, complete: false };
    }
    at = from + size + 2;
    if (size === 0) return { body: Buffer.concat(parts), length: at, complete: true };
    parts.push(rest.subarray(from, from + size));
  }
}
