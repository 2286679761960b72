/**
 * The socket. It listens before the database is there, so that a port in use costs nothing, and
 * answers 503 until the app is handed in. `close` drains: no new connections, running requests get
 * their time, then every connection ends.
 */
import { readFileSync } from 'node:fs';
import { createServer as createPlain, type Server } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Config } from './config.ts';
import { errorAnswer } from './http/answers.ts';
import { sentence } from './sentences.ts';

type Handler = Parameters<typeof getRequestListener>[0];

export interface Listening {
  port: number;
  /** From now on this answers. */
  serve(handler: Handler): void;
  close(): Promise<void>;
}

/** Requests of a phone are over in this time or were lost; SIGTERM must end everything within 5 s. */
const DRAIN_MS = 3_000;
/** On EDGE a new connection costs seconds; one sync often follows another within a minute. */
const KEEP_ALIVE_MS = 65_000;
/** A phone on a slow link may take long for its 256 kB; a dead one must not hold a socket for ever. */
const REQUEST_LIMIT_MS = 180_000;

/** Listens on the configured address; a sentence where that is impossible. */
export async function listen(config: Config): Promise<Result<Listening, string>> {
  let handler: Handler = (request) => errorAnswer(request, 'server.unavailable');
  const listener = getRequestListener((request, env) => handler(request, env), {
    overrideGlobalObjects: false,
  });
  const made = makeServer(config, (incoming, outgoing) => void listener(incoming, outgoing));
  if (!made.ok) return made;
  const server = made.value;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = REQUEST_LIMIT_MS;
  const code = await bind(server, config);
  if (code === 'EADDRINUSE') return fail(sentence.portInUse(config.port));
  if (code) return fail(sentence.listen(config.host, config.port, code));
  return ok({
    port: (server.address() as AddressInfo).port,
    serve: (next) => (handler = next),
    close: () => drain(server),
  });
}

function makeServer(
  { tls }: Config,
  listener: Parameters<typeof createPlain>[1],
): Result<Server, string> {
  if (!tls) return ok(createPlain(listener));
  let reading = tls.cert;
  try {
    const cert = readFileSync(tls.cert);
    reading = tls.key;
    return ok(createTls({ cert, key: readFileSync(tls.key) }, listener));
  } catch {
    return fail(sentence.tlsFile(reading));
  }
}

function bind(server: Server, { port, host }: Config): Promise<string | undefined> {
  return new Promise((done) => {
    server.once('error', (error) => done('code' in error ? String(error.code) : error.name));
    server.listen(port, host, () => done(undefined));
  });
}

function drain(server: Server): Promise<void> {
  return new Promise((done) => {
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(late);
      done();
    });
    server.closeIdleConnections();
  });
}
