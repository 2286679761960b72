/** Results as runs: what one device wrote in one go is answered in a line, exceptions singly. */
import { toBase64Url } from '#lib/base64.ts';
import type { ResultCode, ResultRun } from '#protocol/sync.ts';

/** What became of one record. */
export interface Outcome {
  /** 0 where the record has no readable seq. */
  seq: number;
  /** Left out where it is the sender's own. */
  device?: string;
  scope: string;
  code: ResultCode;
  reason?: string;
  n?: number;
  tag?: Uint8Array;
}

/** Joins neighbours whose seq (and number, where they have one) goes on by one. */
export function toRuns(outcomes: readonly Outcome[]): ResultRun[] {
  const runs: { first: Outcome; last: Outcome }[] = [];
  for (const outcome of outcomes) {
    const run = runs.at(-1);
    if (run && continues(run.last, outcome)) run.last = outcome;
    else runs.push({ first: outcome, last: outcome });
  }
  return runs.map(({ first, last }) => ({
    ...(first.device !== undefined && { device: first.device }),
    from: first.seq,
    to: last.seq,
    code: last.code,
    ...(last.n !== undefined && { n: last.n }),
    ...(last.tag && { tag: toBase64Url(last.tag) }),
    ...(last.reason !== undefined && { reason: last.reason }),
  }));
}

function continues(before: Outcome, next: Outcome): boolean {
  const sameKind =
    before.code === next.code &&
    before.device === next.device &&
    before.scope === next.scope &&
    before.reason === next.reason;
  if (!sameKind || next.seq !== before.seq + 1) return false;
  return before.n === undefined ? next.n === undefined : next.n === before.n + 1;
}
