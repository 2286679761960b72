/** What goes wrong at a phone: one plain sentence each, a way on, nothing spent and nothing lost. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'uqr';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { invitationHash } from '#domain/invitations.ts';
import { film, pictureOfModules } from '#tests/support/camera.ts';
import { openPhone, type Phone, type PhoneOptions } from '#tests/support/phone.ts';
import { createProxy, type Proxy } from '#tests/support/proxy.ts';
import { openCounty, type County } from './support/county.ts';
import { openHandset, press, screenText, see } from './support/handset.ts';
import { writtenOn } from './support/store.ts';

/** so long may a camera give nothing; the page before it has to load on a busy machine. */
const CAMERA_LIMIT_MS = 5_000;
const TO_LOAD_MS = 3_000;

/** What no screen may show: a trace, a code of ours, the words of an engine. */
const JARGON =
  /\bat \S+:\d+|Error\b|undefined|null|NaN|\[object|exception|(invitation|network|storage|write)\.[a-z]/i;

describe('bad input at a phone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-bad-'));
  const opened: Phone[] = [];
  let county: County;
  let proxy: Proxy;

  beforeAll(async () => {
    county = await openCounty('demo');
    proxy = await createProxy({ target: { host: '127.0.0.1', port: county.port } });
  });
  afterEach(async () => {
    await proxy.open();
    await Promise.all(opened.splice(0).map((phone) => phone.close()));
  });
  afterAll(async () => {
    await proxy.close();
    await county.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('an invitation', () => {
    let phone: Phone;
    beforeAll(async () => {
      phone = await openPhone({ url: proxy.url });
    });
    afterAll(() => phone.close());

    it('that another phone has used', async () => {
      const secret = county.invitation('member', 0);
      const token = randomBytes(32).toString('base64url');
      const body = JSON.stringify({ secret, device: randomUUID(), token, notice: 1 });
      const headers = { 'content-type': 'application/json' };
      const joined = await fetch(`${proxy.url}/api/join`, { method: 'POST', headers, body });
      expect(joined.status).toBe(200);
      await opens(secret, '这张邀请已经用过了', '请书记重新加我');
    });

    it('that was cut or mangled on its way', async () => {
      const secret = county.invitation('member', 1);
      await opens(secret.slice(0, 30), '这个链接不完整', '请让书记把链接或码重新发一次');
      await opens('%E5%A5%BD%00<b>', '这个链接不完整', '请让书记把链接或码重新发一次');
      await opens('', '这个链接不完整', '请让书记把链接或码重新发一次');
      await opens(
        [...secret].toReversed().join(''),
        '没有找到这张邀请',
        '请让书记把链接或码重新发一次',
      );
    });

    it('that is over', async () => {
      const secret = county.invitation('member', 2);
      await county.rows('update invitations set expires = 1 where hash = $1', [
        invitationHash(secret),
      ]);
      await opens(secret, '这张邀请过期了', '请书记或县里重做一张给您。');
    });

    it('that is opened without a network is not spent, and works later', async () => {
      const secret = county.invitation('member', 3);
      await phone.page.evaluate(() => navigator.serviceWorker.ready);
      await proxy.close();
      await says(secret, '没有网', '等有信号再打开这个链接；邀请还没用掉。');
      await proxy.open();
      await press(phone.page, '再试一次');
      await see(phone.page, '您是陆小凤吗？');
      expect(await isSpent(secret)).toBe(false);
    });

    /** Opens it on the phone and reads what is said, and that the materials are one tap away. */
    async function opens(secret: string, ...sentences: string[]) {
      await says(secret, ...sentences);
      await press(phone.page, '只看材料，不留名');
      await phone.page.waitForURL('**/library');
    }

    async function says(secret: string, ...sentences: string[]) {
      await phone.goto('/');
      await phone.goto(`/join#${secret}`);
      for (const sentence of sentences) await see(phone.page, sentence);
      await isPlain(phone);
    }
  });

  describe('a camera', () => {
    const profileDir = join(folder, 'secretary');
    let scan = '';

    it('that is absent', async () => {
      const handset = await openHandset(county.port, { profileDir });
      opened.push(handset.phone);
      await handset.join(county.invitation('secretary', 0), ['desk']);
      port = handset.proxy;
      await handset.phone.goto('/activities');
      await handset.page.getByRole('link', { name: /主题党日/ }).click();
      await press(handset.page, '扫他的码');
      await handset.page.waitForURL('**/scan');
      scan = new URL(handset.page.url()).pathname;
      await falls('这部手机上找不到相机。', handset.phone);
    });

    it('that is denied', async () => {
      await falls('浏览器没有让用相机。', await secretaryWith('denied'));
    });

    it('that never answers', async () => {
      const phone = await secretaryWith('hanging');
      await see(phone.page, '相机等了 5 秒还没有打开。');
      const sinceOpened = await phone.page.evaluate(() => performance.now());
      expect(sinceOpened).toBeLessThan(CAMERA_LIMIT_MS + TO_LOAD_MS);
      await falls('相机等了 5 秒还没有打开。', phone);
    });

    it("that sees a code of somebody else's", async () => {
      const code = pictureOfModules(encode('https://pay.example/abc?d=1').data);
      const phone = await secretaryWith({ films: film(join(folder, 'foreign.y4m'), code) });
      await see(phone.page, '这不是日学的码');
      await isPlain(phone);
      expect(await checkIns(phone)).toBe(3);
    });

    let port: Proxy | undefined;
    afterAll(() => port?.close());

    async function secretaryWith(camera: PhoneOptions['camera']): Promise<Phone> {
      const phone = await openPhone({ url: port?.url ?? '', profileDir, camera });
      opened.push(phone);
      await phone.goto(scan);
      return phone;
    }

    /** One sentence within the limit, and the roll by name, which takes one more person each time. */
    async function falls(sentence: string, phone: Phone) {
      await see(phone.page, sentence);
      await see(phone.page, '相机用不了，直接点名就行');
      await isPlain(phone);
      const before = await checkIns(phone);
      await press(phone.page, '点名');
      await phone.page
        .getByRole('button', { name: /，还没点，点一下改$/ })
        .first()
        .click();
      await expect.poll(() => checkIns(phone)).toBe(before + 1);
    }

    async function checkIns(phone: Phone): Promise<number> {
      return (await writtenOn(phone.page)).filter(({ topic }) => topic === 'check-in').length;
    }
  });

  describe('a browser that stores nothing', () => {
    it.each([
      ['has no database', () => Object.defineProperty(window, 'indexedDB', { value: undefined })],
      [
        'forbids even asking for it',
        () =>
          Object.defineProperty(window, 'indexedDB', {
            get() {
              throw new DOMException('The operation is insecure.', 'SecurityError');
            },
          }),
      ],
      [
        'refuses to open one',
        () => {
          IDBFactory.prototype.open = () => {
            throw new DOMException('A mutation operation was attempted.', 'InvalidStateError');
          };
        },
      ],
    ] as const)('because it %s', async (_, takeAway) => {
      const phone = await openPhone({ url: proxy.url });
      opened.push(phone);
      await phone.context.addInitScript(takeAway);
      await phone.goto('/');
      await see(phone.page, /这个浏览器不让存东西|手机里的存储打不开/);
      await see(phone.page, '可以看材料，记不了');
      await isPlain(phone);
      const secret = county.invitation('secretary', 1);
      await phone.goto(`/join#${secret}`);
      await see(phone.page, '这个浏览器不让存东西，不能在这里加入');
      await see(phone.page, '邀请还没用掉。');
      await isPlain(phone);
      expect(await isSpent(secret)).toBe(false);
      await readsReport(phone);
    });
  });

  it('plain http from another machine', async () => {
    const host = 'rixue.test';
    const extraArguments = [`--host-resolver-rules=MAP ${host} 127.0.0.1`];
    const phone = await openPhone({ url: `http://${host}:${proxy.port}`, extraArguments });
    opened.push(phone);
    const secret = county.invitation('secretary', 1);
    await phone.goto(`/join#${secret}`);
    expect(await phone.page.evaluate(() => isSecureContext)).toBe(false);
    await see(phone.page, '这个网址不安全，不能在这里加入');
    await see(phone.page, '请用 https 开头的网址打开');
    await isPlain(phone);
    expect(await isSpent(secret)).toBe(false);
    await readsReport(phone);
  });

  async function isPlain(phone: Phone) {
    expect(await screenText(phone.page)).not.toMatch(JARGON);
  }

  async function readsReport(phone: Phone) {
    await phone.goto('/report');
    await see(phone.page, '目录');
    await isPlain(phone);
  }

  async function isSpent(secret: string): Promise<boolean> {
    const [row] = await county.rows<{ spent: boolean }>(
      'select used_device is not null as spent from invitations where hash = $1',
      [invitationHash(secret)],
    );
    return row?.spent ?? true;
  }
});
