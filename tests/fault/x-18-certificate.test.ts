import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp, createServer as createTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls, createServer as createTls } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { type Certificate, makeCertificate } from '#tests/support/certificate.ts';
import { endOf, startPhoneProcess } from '#tests/support/phone-process.ts';
import { startTestPostgres } from '#tests/support/postgres.ts';
import { onePageApp, runProgram } from '#tests/support/server.ts';

/** The first byte of a TLS handshake record (RFC 8446, 5.1); plain HTTP would begin with a letter. */
const TLS_HANDSHAKE = 0x16;

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

it('X-18 tells somebody in the middle nothing, keeps the record and sends it later', async () => {
  const folder = tempFolder();
  const county = makeCertificate('county');
  const certFile = join(folder, 'county.pem');
  writeFileSync(certFile, county.cert);
  const server = await startTlsServer(folder, county, certFile);
  const middle = await standInTheMiddle(makeCertificate('county'), server.port);
  const line = await layLine(server.port);
  const phone = await switchOn(`https://localhost:${line.port}`, server.invitation, certFile);
  expect(await phone('enrol')).toBe('joined');
  expect(await phone('sync')).toMatch(/^pushed/);

  line.leadTo(middle.port);
  expect(await phone('record')).toBe('saved');
  expect(await phone('sync')).toBe('network.unreachable');
  expect(await phone('unsent')).toBe(1);
  expect(await phone('record')).toBe('saved');
  expect(await phone('states')).toEqual(expect.arrayContaining(['study saved', 'study saved']));
  expect(await phone('unsent')).toBe(2);
  expect(line.firstBytes.length).toBeGreaterThan(0);
  expect(line.firstBytes.filter((byte) => byte !== TLS_HANDSHAKE)).toEqual([]);
  expect(middle.read()).toBe('');

  line.leadTo(server.port);
  expect(await phone('sync')).toBe('pushed 2');
  expect(await phone('unsent')).toBe(0);
});

it('X-18 the one in the middle can read a phone that trusts anybody: the test would see it', async () => {
  const { cert, key } = makeCertificate('county');
  const server = createTls({ cert, key }, (socket) => socket.resume());
  await listen(server);
  const middle = await standInTheMiddle(makeCertificate('county'), portOf(server));
  const careless = connectTls({ port: middle.port, host: '127.0.0.1', rejectUnauthorized: false });
  undo.push(() => careless.destroy());
  careless.on('error', () => undefined);
  await new Promise<void>((done) => careless.write('POST /api/sync', () => done()));
  await expect.poll(() => middle.read()).toBe('POST /api/sync');
});

function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-x18-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The real server over https, as TLS_CERT and TLS_KEY make it. */
async function startTlsServer(folder: string, { key }: Certificate, certFile: string) {
  const keyFile = join(folder, 'county.key');
  writeFileSync(keyFile, key);
  const postgres = await startTestPostgres();
  undo.push(() => postgres.stop());
  const env = {
    DATA_DIR: folder,
    DATABASE_URL: postgres.url,
    APP_DIR: onePageApp(join(folder, 'app')),
    TLS_CERT: certFile,
    TLS_KEY: keyFile,
  };
  const { child, port, invitations } = await runProgram(env, 0, ['--demo']);
  undo.push(() => endOf(child));
  const member = invitations.find(({ role }) => role === 'member');
  return { port, invitation: member?.url ?? '' };
}

/** Ends TLS with its own certificate, reads along and passes everything on to the real server. */
async function standInTheMiddle(own: Certificate, serverPort: number) {
  let heard = '';
  const server = createTls(own, (socket) => {
    const onward = connectTls({ port: serverPort, host: '127.0.0.1', rejectUnauthorized: false });
    for (const end of [socket, onward]) end.on('error', () => undefined);
    socket.on('data', (part: Buffer) => (heard += part.toString('latin1')));
    socket.pipe(onward).pipe(socket);
    undo.push(() => onward.destroy());
  });
  server.on('tlsClientError', () => undefined);
  await listen(server);
  return { port: portOf(server), read: () => heard };
}

/** The wire from the phone: whoever owns it may lead it elsewhere. */
async function layLine(firstPort: number) {
  let target = firstPort;
  const open = new Set<Socket>();
  const firstBytes: number[] = [];
  const server = createTcp((socket) => {
    const onward = connectTcp(target, '127.0.0.1');
    for (const end of [socket, onward]) open.add(end.on('error', () => undefined));
    socket.once('data', (part: Buffer) => firstBytes.push(part[0] ?? -1));
    socket.pipe(onward).pipe(socket);
  });
  await listen(server);
  const cut = () => open.forEach((socket) => socket.destroy());
  undo.push(cut);
  const leadTo = (port: number) => {
    target = port;
    firstBytes.length = 0;
    cut();
  };
  return { port: portOf(server), firstBytes, leadTo };
}

async function switchOn(server: string, invitation: string, trusted: string) {
  const phone = await startPhoneProcess(server, invitation, trusted);
  undo.push(() => phone.end());
  return phone.ask;
}

type Listener = ReturnType<typeof createTcp>;

function listen(server: Listener): Promise<void> {
  undo.push(() => server.close());
  return new Promise((done) => server.listen(0, '127.0.0.1', done));
}

function portOf(server: Listener): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
