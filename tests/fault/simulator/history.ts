/**
 * What happened in one schedule, as nobody inside it can know it: what people were told, what the
 * server promised, and what was wrong. The checks read it; it decides nothing.
 */
import type { DraftKind, SimulatedRole } from './steps.ts';
import { LINE_FAULTS } from './steps.ts';

/** Everything that can go wrong in a schedule: a run of some length that leaves one out proves less than it says. */
export const FAULT_KINDS = [
  ...LINE_FAULTS,
  ...['cut-at-an-edge', 'released', 'reordered', 'offline'],
  ...['phone-killed-asleep', 'phone-killed-in-a-transaction', 'phone-killed-after-a-commit'],
  ...['phone-killed-on-the-line', 'clock-turned'],
  ...['server-killed-before', 'server-killed-after'],
  ...['connection-cut-before', 'connection-cut-after', 'put-off'],
  ...['restored', 'copied-back', 'role-changed', 'after-role', 'revoked'],
] as const;

/** A record that somebody wanted to save. */
export interface Written {
  id: string;
  phone: number;
  kind: DraftKind;
  subject: string | null;
  body: unknown;
  /** The person was told that it is on the phone; false where the phone died before. */
  told: boolean;
}

export interface History {
  written: Map<string, Written>;
  /** Ids that the server answered with a receipt for, whether or not the answer arrived. */
  acknowledged: Set<string>;
  /** Each phone's role in the branch as the server has it. */
  roles: SimulatedRole[];
  revoked: Set<number>;
  /** Ids that the server held when a phone was revoked. */
  heldThen: Set<string>;
  /** Phones whose role changed on the way. */
  moved: Set<number>;
  /** How often the server went back. */
  backs: number;
  violations: string[];
  /** How often each fault really happened. */
  counts: Map<string, number>;
  violate(rule: string, detail: string): void;
  count(fault: string): void;
}

export function createHistory(roles: SimulatedRole[]): History {
  const violations: string[] = [];
  const counts = new Map<string, number>();
  return {
    written: new Map(),
    acknowledged: new Set(),
    roles,
    revoked: new Set(),
    heldThen: new Set(),
    moved: new Set(),
    backs: 0,
    violations,
    counts,
    violate: (rule, detail) => void violations.push(`${rule}: ${detail}`),
    count: (fault) => void counts.set(fault, (counts.get(fault) ?? 0) + 1),
  };
}
