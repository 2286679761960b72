/** How the embedded PostgreSQL is set: small enough for a county's machine of 1 GB, and durable. */

/** The role that owns the schema; requests run as another, lesser one. */
export const CLUSTER_ROLE = 'rixue';
export const CLUSTER_DATABASE = 'rixue';
/** Only names the socket file; the socket lies inside the cluster's own folder. */
export const SOCKET_PORT = 5432;

/** Everything `initdb` needs apart from the folder and the password file. */
export const INITDB_ARGUMENTS = [
  `--username=${CLUSTER_ROLE}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  // C sorts by bytes, the same on every machine; people's order comes from the roster.
  '--locale=C',
  '--no-instructions',
];

/** Given on the command line, so that a newer release changes them on old clusters too. */
const SETTINGS = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '64MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  // A slot costs little until it is used; each used one costs 5 to 10 MB, so pools stay small.
  max_connections: '100',
  max_parallel_workers_per_gather: '0',
  max_worker_processes: '2',
  autovacuum_max_workers: '1',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  jit: 'off',
  huge_pages: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  // A statement's text may hold names; it stays out of the log.
  log_min_error_statement: 'panic',
  // So may the detail of an error, which quotes the row.
  log_error_verbosity: 'terse',
};

/** Where the server listens: a socket in its own folder, or a loopback port. */
export type ClusterAddress = { socketDir: string } | { port: number };

/** The arguments of `postgres` for a cluster that it sees at `path`. */
export function postgresArguments(path: string, address: ClusterAddress): string[] {
  const where =
    'port' in address
      ? { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: `${address.port}` }
      : { listen_addresses: '', unix_socket_directories: '.', port: `${SOCKET_PORT}` };
  const settings = Object.entries({ ...SETTINGS, ...where });
  return ['-D', path, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
