import { connect } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { INFLATED_MAX_BYTES, REQUEST_MAX_BYTES } from '#protocol/sync.ts';
import { PROTOCOL_VERSION } from '#protocol/version.ts';
import { startServer } from '#tests/support/server.ts';
import {
  joinWire,
  newId,
  newSecretText,
  post,
  secretOf,
  wireRecord,
  type WireDevice,
} from '#tests/support/wire-device.ts';

let server: Awaited<ReturnType<typeof startServer>>;
let desk: WireDevice;

beforeAll(async () => {
  server = await startServer();
  desk = await joinWire(server.url, secretOf(server.invitations[4] ?? { url: 'none:' }));
});
afterAll(() => server.stop());

const activity = (seq: number) =>
  wireRecord({
    ...{ kind: 'activity', scope: desk.branch, seq },
    body: { type: 'lecture', title: '党课', starts: 1 },
  });

function sendBytes(body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${desk.token}`;
  return fetch(`${server.url}/api/sync`, {
    method: 'POST',
    body,
    headers: { authorization, 'content-encoding': 'gzip', ...headers },
  });
}

async function expectError(answer: Response, status: number, error: string) {
  expect([answer.status, await answer.json()]).toEqual([status, { error }]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
}

const zipped = (value: unknown) => Uint8Array.from(gzipSync(JSON.stringify(value)));

it('S-20 refuses a gzip body that is cut, flipped or longer than it says, and takes it whole', async () => {
  const request = desk.request({ records: [activity(1), activity(2)] });
  const whole = zipped(request);
  for (const length of [0, 1, 10, whole.length - 9, whole.length - 1])
    await expectError(await sendBytes(whole.slice(0, length)), 400, 'request.malformed');
  const flipped = whole.slice();
  flipped[flipped.length - 6] = (flipped[flipped.length - 6] ?? 0) ^ 1;
  await expectError(await sendBytes(flipped), 400, 'request.malformed');
  const { rows } = await server.pool.query('select from records where device = $1', [desk.device]);
  expect(rows).toHaveLength(0);
  expect((await sendBytes(whole)).status).toBe(200);
});

it('S-20 stores nothing of a body that ends before its length', async () => {
  const body = JSON.stringify(desk.request({ records: [activity(3)] }));
  const socket = connect(server.port, '127.0.0.1');
  await new Promise((done) => socket.once('connect', done));
  socket.write(
    `POST /api/sync HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${desk.token}\r\n` +
      `content-length: ${Buffer.byteLength(body) + 10}\r\n\r\n${body}`,
  );
  socket.resume();
  socket.end();
  await new Promise((done) => socket.once('close', done));
  // It might still be storing: this waits behind it for the branch's row.
  for (const seq of [4, 5]) await desk.sync({ records: [activity(seq)] });
  const { rows } = await server.pool.query('select from records where seq = 3 and device = $1', [
    desk.device,
  ]);
  expect(rows).toHaveLength(0);
});

it('refuses what is too large, as sent or inflated, without taking it in', async () => {
  const bomb = Uint8Array.from(gzipSync(Buffer.alloc(INFLATED_MAX_BYTES + 1, 0x20)));
  expect(bomb.length).toBeLessThan(REQUEST_MAX_BYTES);
  await expectError(await sendBytes(bomb), 413, 'request.too-large');
  const large = new Uint8Array(REQUEST_MAX_BYTES + 1);
  await expectError(await sendBytes(large), 413, 'request.too-large');
});

it.each([
  ['no JSON', 'hello'],
  ['an array', '[]'],
  ['null', 'null'],
  ['no version', '{}'],
  ['a field that is not ours', '{"v":1,"device":"x","cursors":[],"want":1,"epoch":"","scope":"y"}'],
])('refuses a body with %s', async (_, body) => {
  const headers = { authorization: `Bearer ${desk.token}` };
  const answer = await fetch(`${server.url}/api/sync`, { method: 'POST', body, headers });
  await expectError(answer, 400, 'request.malformed');
});

it('refuses an encoding it does not take, and bytes that are no UTF-8', async () => {
  const whole = zipped(desk.request({}));
  await expectError(await sendBytes(whole, { 'content-encoding': 'br' }), 400, 'request.malformed');
  const plain = { 'content-encoding': 'identity' };
  await expectError(
    await sendBytes(Uint8Array.of(0x22, 0xff, 0x22), plain),
    400,
    'request.malformed',
  );
});

it('names an unknown version whatever else is in the body', async () => {
  for (const body of [
    { v: PROTOCOL_VERSION + 1, shape: 'new' },
    { ...desk.request({}), v: 0 },
  ])
    await expectError(await desk.send(body), 400, 'request.unknown-version');
});

it('more than 500 records are refused, 500 are taken', async () => {
  const records = Array.from({ length: 501 }, (_, i) => activity(1000 + i));
  await expectError(await sendBytes(zipped(desk.request({ records }))), 400, 'request.malformed');
  const taken = records.slice(0, 500);
  desk.sealer.add(taken);
  const seals = [(await desk.sealer.seal())!];
  const answer = await sendBytes(zipped(desk.request({ records: taken, seals })));
  expect(await answer.json()).toMatchObject({ results: [{ from: 1000, to: 1499, code: 'ok' }] });
});

it.each([
  ['no token', {}],
  ['a token of another form', { authorization: 'Bearer x' }],
  ['a token nobody has', { authorization: `Bearer ${newSecretText()}` }],
])('does not know %s', async (_, headers: Record<string, string>) => {
  const answer = await post(`${server.url}/api/sync`, desk.request({}), headers);
  await expectError(answer, 401, 'session.unknown');
});

it('a revoked token writes nothing', async () => {
  const other = await joinWire(server.url, secretOf(server.invitations[0] ?? { url: 'none:' }));
  await server.pool.query('update devices set revoked = 1 where device = $1', [other.device]);
  await expectError(await other.send(other.request({})), 401, 'session.revoked');
});

it('answers carry no-store, nosniff, type and length, gzip from 1,400 bytes, and nothing of weight', async () => {
  const answer = await desk.send(desk.request({ cursors: [], own: true }));
  expect(Object.fromEntries(answer.headers)).toEqual({
    'cache-control': 'no-store',
    'content-encoding': 'gzip',
    'content-length': expect.any(String),
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
  });
  const plain = await post(`${server.url}/api/sync`, desk.request({ own: true }), {
    authorization: `Bearer ${desk.token}`,
    'accept-encoding': 'identity',
  });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(gunzipSync(gzipSync(await plain.text())).length).toBeGreaterThan(1_400);
});

it('keeps the connection of an HTTP/1.1 asker without saying so', async () => {
  const socket = connect(server.port, '127.0.0.1');
  let heard = '';
  socket.on('data', (part) => (heard += String(part)));
  const ask = () =>
    socket.write(
      `POST /api/sync HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${desk.token}\r\ncontent-length: 2\r\n\r\n{}`,
    );
  for (const answers of [1, 2]) {
    ask();
    await expect.poll(() => heard.split('request.malformed').length - 1).toBe(answers);
  }
  expect(heard).not.toMatch(/^(date|connection|keep-alive):/im);
  socket.destroy();
});

it('an API path that is not there is JSON 404, and a GET of sync too', async () => {
  await expectError(await fetch(`${server.url}/api/none/${newId()}`), 404, 'request.not-found');
  await expectError(await fetch(`${server.url}/api/sync`), 404, 'request.not-found');
});
