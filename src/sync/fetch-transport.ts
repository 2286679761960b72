/**
 * The transport over fetch. Promises: every attempt ends within a minute; an answer counts only
 * when it is JSON, or its small form, from an address that did not redirect; nothing is retried here.
 */
import { concatBytes } from '@noble/hashes/utils.js';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Clock } from '#lib/clock.ts';
import { COMPACT_TYPE, fromCompact } from '#protocol/compact.ts';
import { ERROR_CODES, type ErrorCode } from '#protocol/errors.ts';
import type { Packet } from './pack.ts';
import type { Reply, Transport, TransportFailure } from './transport.port.ts';

/** For name look-up, connecting, TLS and the server's work on the slowest link (800 ms there and back, losses). */
const CONNECT_MS = 15_000;
/** The request's body goes on top of that: 20 kb/s and half of it lost still make this many bytes a second. */
const SLOWEST_BYTES_PER_SECOND = 1_250;
/** Between two parts of an answer: three times the longest stall (5 s) that the village links have. */
const IDLE_MS = 15_000;
/** The whole attempt: the worst link is cut every 60 s, and no screen may say "syncing" for longer. */
const TOTAL_MS = 55_000;

/** Characters of JSON; an answer has half a MB of rows and what is beside them. */
const ANSWER_MAX = 8 * 1024 * 1024;

export interface FetchTransportDeps {
  /** Origin such as `https://county.example`; '' for the page's own. */
  server: string;
  clock: Clock;
  fetch: typeof fetch;
}

/** Makes the transport. */
export function createFetchTransport({ server, clock, fetch }: FetchTransportDeps): Transport {
  return {
    async post(path, packet, token, cookies) {
      const limits = createLimits(packet.bytes.length);
      const sentAt = clock.now();
      let answering = false;
      try {
        const request = requestOf(packet, token, limits.signal);
        const credentials = cookies ? 'same-origin' : 'omit';
        const response = await fetch(server + path, { ...request, credentials });
        answering = true;
        const bytes = await readBytes(response, limits);
        return judge(response, bytes, { sentAt, receivedAt: clock.now() });
      } catch {
        // fetch tells no cause apart: no route, refused, cut, certificate.
        return failure(limits.expired() ? 'network.timeout' : 'network.unreachable', answering);
      } finally {
        limits.end();
      }
    },
  };
}

function requestOf(
  { bytes, gzip, type }: Packet,
  token: string | undefined,
  signal: AbortSignal,
): RequestInit {
  return {
    method: 'POST',
    body: bytes,
    headers: {
      'content-type': type,
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    signal,
    // A portal redirects to its log-in page; our server never does.
    redirect: 'manual',
    // No `cache: no-store`: no cache keeps what a POST is answered, and its two headers go each time.
    referrerPolicy: 'no-referrer',
  };
}

interface Limits {
  signal: AbortSignal;
  /** A part of the answer arrived: the idle limit begins anew. */
  alive(): void;
  expired(): boolean;
  end(): void;
}

function createLimits(bytesUp: number): Limits {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const total = setTimeout(abort, TOTAL_MS);
  let step = setTimeout(abort, CONNECT_MS + (bytesUp / SLOWEST_BYTES_PER_SECOND) * 1_000);
  return {
    signal: controller.signal,
    alive() {
      clearTimeout(step);
      step = setTimeout(abort, IDLE_MS);
    },
    expired: () => controller.signal.aborted,
    end() {
      clearTimeout(total);
      clearTimeout(step);
    },
  };
}

async function readBytes(response: Response, limits: Limits): Promise<Uint8Array> {
  limits.alive();
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || !value) return concatBytes(...parts);
    limits.alive();
    parts.push(value);
  }
}

function judge(
  response: Response,
  bytes: Uint8Array,
  times: Pick<Reply, 'sentAt' | 'receivedAt'>,
): Result<Reply, TransportFailure> {
  const json = valueOf(response, bytes);
  if (response.ok)
    return json === undefined ? failure('network.portal', true) : ok({ json, ...times });
  const retryAfter = Number(response.headers.get('retry-after')) * 1_000 || null;
  return failure(codeOf(response.status, json), true, retryAfter);
}

/** What was answered; undefined where it is nothing of ours. */
function valueOf(response: Response, bytes: Uint8Array): unknown {
  const type = response.headers.get('content-type') ?? '';
  if (type === COMPACT_TYPE) {
    const value = fromCompact(bytes, ANSWER_MAX);
    return value.ok ? value.value : undefined;
  }
  try {
    return type.startsWith('application/json')
      ? (JSON.parse(new TextDecoder().decode(bytes)) as unknown)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The code in the body; without one, a broken server or proxy answers 5xx, anything else is not our server. */
function codeOf(status: number, json: unknown): ErrorCode {
  const told = (json as { error?: unknown } | undefined)?.error;
  const known = ERROR_CODES.find((code) => code === told);
  return known ?? (status >= 500 && status !== 511 ? 'server.unavailable' : 'network.portal');
}

function failure(code: ErrorCode, answering: boolean, retryAfter: number | null = null) {
  return fail<TransportFailure>({ code, answering, retryAfter });
}
