/**
 * Notices an attempt that hangs: a promise that never settles, of a line that is neither open nor
 * closed, of a database whose process is gone. Promises: an attempt that shows no sign of life for a
 * minute is over for everybody else; when it comes back all the same, it asks the network nothing more.
 */
import { fail } from '#lib/result.ts';
import type { Transport, TransportFailure } from './transport.port.ts';

/**
 * From one sign of life to the next. A request ends by itself within 55 s; between two there is a
 * page of rows to store. Longer than that no screen may say that records are on their way (S-04).
 */
export const HANG_MS = 60_000;

/** What became of an attempt that hung: something that may pass. */
export const HUNG: TransportFailure = {
  code: 'network.timeout',
  answering: false,
  retryAfter: null,
};

export interface Watchdog {
  /** Resolves with 'hung' when there was no sign of life for too long. */
  readonly hung: Promise<'hung'>;
  /** The transport, each use of which is a sign of life; after the end it refuses everything. */
  watched(transport: Transport): Transport;
  end(): void;
}

/** Watches one attempt from now on. */
export function createWatchdog(schedule: (ms: number, run: () => void) => () => void): Watchdog {
  let over = false;
  let cancel = () => {};
  let bark: (hung: 'hung') => void = () => {};
  const hung = new Promise<'hung'>((resolve) => (bark = resolve));

  function alive(): void {
    cancel();
    if (!over) cancel = schedule(HANG_MS, () => void ((over = true), bark('hung')));
  }

  alive();
  return {
    hung,
    watched: (transport) => ({
      async post(...given) {
        if (over) return fail(HUNG);
        alive();
        const reply = await transport.post(...given);
        alive();
        return reply;
      },
    }),
    end() {
      over = true;
      cancel();
    },
  };
}
