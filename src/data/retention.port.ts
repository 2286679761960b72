/** What other periods would take, as screens see it; the app hands in the part that asks the server. */
import type { InjectionKey } from 'vue';
import type { KeepingBody } from '#domain/bodies/retention.ts';
import type { Result } from '#lib/result.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import type { RetentionAnswer } from '#protocol/retention.ts';

export interface Foresight {
  /** Asks the server; the code of what stood in the way. Never throws. */
  foresee(rule: KeepingBody): Promise<Result<RetentionAnswer, ErrorCode>>;
}

export const foresightKey: InjectionKey<Foresight> = Symbol('foresight');
