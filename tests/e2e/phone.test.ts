import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import decodeQR from 'qr/decode.js';
import { encode } from 'uqr';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { times } from '#tests/support/long.ts';
import { film, pictureOfModules, pictureOfPng } from '#tests/support/camera.ts';
import { openPhone, type Phone, type PhoneOptions } from '#tests/support/phone.ts';
import { createProxy, type Proxy } from '#tests/support/proxy.ts';
import { treeOf } from '#tests/support/process-tree.ts';

const PAGE = `<!doctype html><title>phone</title><canvas style="width:100%"></canvas><script>
const db = () => new Promise((done) => {
  const opening = indexedDB.open('kept', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows');
  opening.onsuccess = () => done(opening.result);
});
window.save = async (value) => {
  const write = (await db()).transaction('rows', 'readwrite', { durability: 'strict' });
  write.objectStore('rows').put(value, 'row');
  return new Promise((done) => { write.oncomplete = () => done(true); });
};
window.read = async () => {
  const get = (await db()).transaction('rows').objectStore('rows').get('row');
  return new Promise((done) => { get.onsuccess = () => done(get.result ?? null); });
};
window.ask = () => Promise.race([
  navigator.mediaDevices.getUserMedia({ video: true }).then((stream) => {
    for (const track of stream.getTracks()) track.stop();
    return 'granted';
  }, (error) => error.name),
  new Promise((done) => setTimeout(done, 2000, 'silent')),
]);
window.look = async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  const video = document.createElement('video');
  video.srcObject = stream;
  await video.play();
  const canvas = document.querySelector('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const ink = canvas.getContext('2d');
  ink.drawImage(video, 0, 0);
  const { data, width, height } = ink.getImageData(0, 0, canvas.width, canvas.height);
  for (const track of stream.getTracks()) track.stop();
  const grey = data.filter((_, at) => at % 4 === 0);
  return { grey: [...grey].map((each) => String.fromCharCode(each)).join(''), width, height };
};
</script>`;

const CAMERAS: ['absent' | 'denied' | 'hanging', string][] = [
  ['absent', 'NotFoundError'],
  ['denied', 'NotAllowedError'],
  ['hanging', 'silent'],
];

type Looked = { grey: string; width: number; height: number };

describe('the phone of the tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-phones-'));
  const phones: Phone[] = [];
  let server: Server;
  let proxy: Proxy;

  beforeAll(async () => {
    server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(PAGE));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    proxy = await createProxy({ target: { host: '127.0.0.1', port }, record: true });
  });
  afterEach(async () => {
    await Promise.all(phones.splice(0).map((phone) => phone.close()));
  });
  afterAll(async () => {
    await proxy.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function phone(options: Partial<PhoneOptions> = {}): Promise<Phone> {
    const opened = await openPhone({ url: proxy.url, ...options });
    phones.push(opened);
    await opened.goto();
    return opened;
  }
  const run = (on: Phone, code: string) => on.page.evaluate(code);

  it('keeps what was written strictly when it is killed, and loses nothing of its profile', async () => {
    const one = await phone();
    expect(await run(one, 'window.save("here")')).toBe(true);
    await one.kill();
    expect(treeOf(`--user-data-dir=${one.profileDir}`)).toEqual([]);
    await one.relaunch();
    expect(await run(one, 'window.read()')).toBe('here');
  });

  it('leaves other phones alone when one is killed', async () => {
    const [one, two] = [await phone(), await phone({ lang: 'zh-HK' })];
    await one.kill();
    expect(await run(two, '[navigator.language, new Date(0).getHours()]')).toEqual(['zh-HK', 8]);
    expect(await run(two, 'window.read()')).toBe(null);
  });

  it('has no network while the port of its proxy is closed', async () => {
    const one = await phone();
    await proxy.close();
    await expect(one.goto()).rejects.toThrow('ERR_CONNECTION_REFUSED');
    proxy.forget();
    await proxy.open();
    await one.goto();
    expect(
      proxy
        .answers()
        .find(({ path }) => path === '/')
        ?.body.toString(),
    ).toBe(PAGE);
  });

  it('films a QR code, a screen, and another one after the file was written anew', async () => {
    const path = film(join(folder, 'a.y4m'), pictureOfModules(encode('rixue:first').data));
    const one = await phone({ camera: { films: path } });
    expect(await seenBy(one)).toBe('rixue:first');
    film(path, pictureOfModules(encode('rixue:second').data), { tilt: 12, fill: 0.6 });
    expect(await seenBy(one)).toBe('rixue:second');
    film(path, pictureOfPng(await one.page.screenshot()), { fill: 1 });
    expect(await seenBy(one)).toBe('rixue:second');
  });

  // What the app makes of them is tested in bad-input; that they are what they are, in the long form.
  it.each(times([], CAMERAS))('A-09 has a camera that is %s', async (camera, answer) => {
    expect(await run(await phone({ camera }), 'window.ask()')).toBe(answer);
  });

  async function seenBy(on: Phone): Promise<string> {
    const { grey, width, height } = (await run(on, 'window.look()')) as Looked;
    const data = Uint8ClampedArray.from(
      [...grey].flatMap((each) => Array(4).fill(each.charCodeAt(0))),
    );
    return decodeQR({ data, width, height });
  }
});
