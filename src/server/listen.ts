/**
 * The socket. It listens before the database is there, so that a port in use costs nothing, and
 * answers 503 until the app is handed in (/healthz: the process lives). `close` drains: no new
 * connections, running requests get their time, then every connection ends, also one that never
 * finished its TLS handshake.
 */
import { readFileSync } from 'node:fs';
import { createServer as createPlain, type IncomingMessage, type Server } from 'node:http';
import type { ServerResponse } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Config } from './config.ts';
import { errorAnswer, jsonAnswer } from './http/answers.ts';
import { sentence } from './sentences.ts';

type Handler = Parameters<typeof getRequestListener>[0];

export interface Listening {
  port: number;
  /** From now on this answers. */
  serve(handler: Handler): void;
  close(): Promise<void>;
}

/**
 * An answer takes milliseconds; what is still being sent to us now comes again. SIGTERM must end
 * everything within 5 s, and PostgreSQL may need 3 of them for its last checkpoint.
 */
const DRAIN_MS = 1_500;
/** On EDGE a new connection costs seconds; one sync often follows another within a minute. */
const KEEP_ALIVE_MS = 65_000;
/** A phone on a slow link may take long for its 256 kB; a dead one must not hold a socket for ever. */
const REQUEST_LIMIT_MS = 180_000;
/** Nothing read or written: village links stall for up to a minute, whoever is silent longer is gone. */
const SILENCE_LIMIT_MS = 120_000;
/** Two round trips, lost and sent again several times over. */
const HANDSHAKE_LIMIT_MS = 30_000;

/** Listens on the configured address; a sentence where that is impossible. */
export async function listen(
  config: Pick<Config, 'host' | 'port' | 'tls'>,
): Promise<Result<Listening, string>> {
  let handler: Handler = answerWhileStarting;
  const listener = getRequestListener((request, env) => handler(request, env), {
    overrideGlobalObjects: false,
  });
  const made = makeServer(config, (incoming, outgoing) => {
    if (incoming.url?.startsWith('/api/')) lighten(outgoing);
    void listener(incoming, outgoing);
  });
  if (!made.ok) return made;
  const server = made.value;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = REQUEST_LIMIT_MS;
  server.timeout = SILENCE_LIMIT_MS;
  const sockets = keepSockets(server);
  const code = await bind(server, config);
  if (code === 'EADDRINUSE') return fail(sentence.portInUse(config.port));
  if (code) return fail(sentence.listen(config.host, config.port, code));
  return ok({
    port: (server.address() as AddressInfo).port,
    serve: (next) => (handler = next),
    close: () => drain(server, sockets),
  });
}

function makeServer(
  { tls }: Pick<Config, 'tls'>,
  listener: (incoming: IncomingMessage, outgoing: ServerResponse) => void,
): Result<Server, string> {
  if (!tls) return ok(createPlain(listener));
  let reading = tls.cert;
  try {
    const cert = readFileSync(tls.cert);
    reading = tls.key;
    return ok(
      createTls(
        { cert, key: readFileSync(tls.key), handshakeTimeout: HANDSHAKE_LIMIT_MS },
        listener,
      ),
    );
  } catch {
    return fail(sentence.tlsFile(reading));
  }
}

/**
 * What says nothing on an API answer: its own `now` is the time, and HTTP/1.1 keeps connections
 * without being told. A fifth of what an idle sync may cost.
 */
function lighten(outgoing: ServerResponse): void {
  outgoing.sendDate = false;
  outgoing.removeHeader('connection');
}

function bind(
  server: Server,
  { port, host }: Pick<Config, 'port' | 'host'>,
): Promise<string | undefined> {
  return new Promise((done) => {
    server.once('error', (error) => done('code' in error ? String(error.code) : error.name));
    server.listen(port, host, () => done(undefined));
  });
}

/** Every connection, also those that the HTTP server has not seen yet. */
function keepSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

function drain(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((done) => {
    const late = setTimeout(() => sockets.forEach((socket) => socket.destroy()), DRAIN_MS);
    server.close(() => {
      clearTimeout(late);
      done();
    });
    server.closeIdleConnections();
  });
}

async function answerWhileStarting(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  return pathname === '/healthz'
    ? jsonAnswer(request, { status: 'ok' })
    : errorAnswer(request, 'server.unavailable');
}
