/**
 * The network as sync sees it: one POST of JSON, answered by JSON of ours or by a code.
 * The other side may be a captive portal, a half-open line or a newer server; whatever is not our
 * JSON is a failure and never an answer.
 */
import type { Result } from '#lib/result.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import type { Packet } from './pack.ts';

export interface Reply {
  json: unknown;
  /** Phone time at sending and at the last byte, ms. */
  sentAt: number;
  receivedAt: number;
}

export interface TransportFailure {
  code: ErrorCode;
  /** Whether the answer had begun: then its size may be to blame as well as the request's. */
  answering: boolean;
  /** What the server asked for with Retry-After, ms; null when nothing. */
  retryAfter: number | null;
}

export interface Transport {
  /**
   * `path` such as `/api/sync`; `token` goes into Authorization. `cookies`: the browser's cookies go
   * along and new ones are taken, which sync itself never needs. Never throws.
   */
  post(
    path: string,
    packet: Packet,
    token?: string,
    cookies?: 'with cookies',
  ): Promise<Result<Reply, TransportFailure>>;
}
