/** What the machine's keeper may count: requests and their time, nothing about anybody. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type pg from 'pg';

export interface Metrics {
  registry: Registry;
  /** One answered request; `kind` is one of few words, never a path. */
  answered(kind: 'sync' | 'join' | 'file' | 'other', status: number, seconds: number): void;
}

/** Metrics of one server; `pool` is asked when somebody looks. */
export function createMetrics(pool: Pick<pg.Pool, 'totalCount' | 'waitingCount'>): Metrics {
  const registry = new Registry();
  const requests = new Counter({
    name: 'rixue_requests_total',
    help: 'Answered requests',
    labelNames: ['kind', 'status'],
    registers: [registry],
  });
  const time = new Histogram({
    name: 'rixue_request_seconds',
    help: 'Time to answer',
    labelNames: ['kind'],
    buckets: [0.01, 0.05, 0.25, 1, 5, 10],
    registers: [registry],
  });
  gauge(registry, 'rixue_database_connections', () => pool.totalCount);
  gauge(registry, 'rixue_database_waiting', () => pool.waitingCount);
  gauge(registry, 'rixue_memory_bytes', () => process.memoryUsage().rss);
  return {
    registry,
    answered(kind, status, seconds) {
      requests.inc({ kind, status: `${Math.floor(status / 100)}xx` });
      time.observe({ kind }, seconds);
    },
  };
}

function gauge(registry: Registry, name: string, read: () => number) {
  new Gauge({
    name,
    help: name.replaceAll('_', ' '),
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
