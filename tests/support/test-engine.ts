import { createSyncEngine, type SyncEngineDeps } from '#sync/engine.ts';
import { HANG_MS } from '#sync/watchdog.ts';
import { createSyncStatus } from '#sync/status.ts';
import type { Ledger } from '#data/ledger/ledger.ts';
import { accepting, createScriptedTransport, type Step } from './scripted-transport.ts';
import type { TestClock } from './test-clock.ts';
import { grant, STUDY } from './test-ledger.ts';

/** The grants that the scripted server tells. */
export const held = { grants: [grant('member')] };
/** Takes every record. */
export const take: Step = (request) => accepting(request, held);
/** No network. */
export const offline: Step = () => ({ code: 'network.unreachable' });

/** An engine over a scripted server, its timers in a list; those that wait for a hanging attempt in another. */
export function engineOver(
  ledger: Ledger,
  clock: TestClock,
  change: Partial<SyncEngineDeps> = {},
  ...steps: Step[]
) {
  const transport = createScriptedTransport(clock, ...steps);
  const status = createSyncStatus();
  const timers: { ms: number; run: () => void }[] = [];
  const watchdogs: typeof timers = [];
  const schedule = (ms: number, run: () => void) => {
    const timer = { ms, run };
    const list = ms === HANG_MS ? watchdogs : timers;
    list.push(timer);
    return () => void list.splice(list.indexOf(timer), list.includes(timer) ? 1 : 0);
  };
  const engine = createSyncEngine({
    ledger,
    transport,
    clock,
    status,
    schedule,
    chance: () => 0.5,
    ...change,
  });
  return { transport, status, timers, watchdogs, engine };
}

/** Saves some half hours. */
export const study = (ledger: Ledger, count = 1) =>
  ledger.writeAll(Array.from({ length: count }, () => ({ kind: 'study', body: STUDY })));
