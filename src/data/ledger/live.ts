import { liveQuery } from 'dexie';
import { isLost, type Connection } from './connection.ts';
import type { Live } from './ledger.ts';

/**
 * Runs `query` now and after each change of what it read. A connection that is lost ends nothing:
 * every query begins anew once it is open again, also one that was waiting for its first answer.
 */
export function followQuery<T>(
  connection: Pick<Connection, 'use' | 'follow'>,
  query: () => Promise<T>,
): Live<T> {
  return {
    subscribe(observer) {
      const { next, error } = typeof observer === 'function' ? { next: observer } : observer;
      // Dexie follows reads over awaits only where the function that it is given is an async one.
      const begin = () =>
        liveQuery(async () => connection.use(query)).subscribe({
          next,
          error: (problem: unknown) => {
            if (!isLost(problem)) error?.(problem); // what stays lost is told by the connection
          },
        });
      let running = begin();
      const unfollow = connection.follow((opens) => {
        if (!opens) return;
        running.unsubscribe();
        running = begin();
      });
      return {
        unsubscribe() {
          unfollow();
          running.unsubscribe();
        },
      };
    },
  };
}
