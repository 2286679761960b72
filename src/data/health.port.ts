/**
 * How the county's machine is, as screens see it; the app hands in the part that asks the server. Only
 * an administrator gets an answer. The last one is kept for its person, so that it can be read, with
 * its age, without a network.
 */
import type { InjectionKey } from 'vue';
import type { Result } from '#lib/result.ts';
import type { ErrorCode } from '#protocol/errors.ts';
import type { HealthAnswer } from '#protocol/health.ts';

export type HealthFacts = HealthAnswer;

/** The name under which the last answer is kept. */
export const KEPT_HEALTH = 'health';
export interface KeptHealth {
  facts: HealthFacts;
  /** Phone time at which it came, ms. */
  at: number;
}

export interface Health {
  /** Asks and keeps the answer; the code of what stood in the way. Never throws. */
  ask(): Promise<Result<null, ErrorCode>>;
}

export const healthKey: InjectionKey<Health> = Symbol('health');
