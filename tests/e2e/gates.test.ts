import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArguments, findChromium } from '#tests/support/chromium.ts';
import {
  axeOffences,
  contrastOffences,
  gateOffences,
  sidewaysOffences,
  targetOffences,
  watchCsp,
  weakPolicy,
} from '#tests/support/gates.ts';

const STYLE = `
  html { font-size: 20px } body { margin: 12px; font: 1rem/1.6 sans-serif; background: #faf6ee }
  main { color: #1f1b17 } button, .target { min-height: 60px; min-width: 60px; color: #1f1b17 }
  .row { display: flex; gap: 8px } .sr { position: absolute; width: 1px; height: 1px; overflow: hidden }
`;
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** A gate that cannot fail is none: each is shown planted faults, and a good page. */
describe('the gates', () => {
  let server: Server;
  let url: string;
  let browser: Browser;
  let context: BrowserContext;
  let body = '';
  let style = '';

  beforeAll(async () => {
    server = createServer((request, answer) => {
      if (request.url === '/style.css') {
        answer.setHeader('content-type', 'text/css');
        answer.end(STYLE + style);
        return;
      }
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.setHeader('content-security-policy', POLICY);
      answer.end(
        `<!doctype html><html lang="zh-Hans"><title>门</title><meta name="viewport" ` +
          `content="width=device-width"><link rel="stylesheet" href="/style.css"><main>${body}</main></html>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  async function show(html: string, css = ''): Promise<Page> {
    [body, style] = [html, css];
    context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  it('let a good page pass, and leave it as it was', async () => {
    const page = await show(
      `<h1>到会</h1><p>请看<a href="/x">说明</a>，再点名。</p>
       <div class="row"><button type="button">到</button><button type="button">其他</button></div>
       <p><label class="target"><input type="checkbox"> 只看没点的</label></p>
       <p class="sr">给读屏的长句子给读屏的长句子给读屏的长句子给读屏的长句子给读屏的长句子</p>
       <button type="button" disabled class="off">稍后</button>`,
      'label.target { display: inline-flex; align-items: center } a { color: #1f1b17 } .off { color: #999; margin-top: 8px }',
    );
    expect(await gateOffences(page)).toEqual([]);
    expect(page.viewportSize()).toEqual({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.style.fontSize)).toBe('');
  });

  it('axe runs under the policy and names a button without a name', async () => {
    const page = await show('<h1>x</h1><button type="button" class="b"></button>');
    expect(await axeOffences(page)).toEqual([expect.stringContaining('button-name')]);
  });

  it('targets: low, near, the same in a label, below a bar that floats', async () => {
    const page = await show(
      `<button type="button" class="low">低</button>
       <div class="tight"><button type="button">左</button><button type="button">右</button></div>
       <label><input type="radio"> 小</label>
       <nav><a class="target" href="/">今天</a></nav>`,
      '.low { min-height: 40px } div, label { display: flex; margin-top: 20px }' +
        'nav { position: fixed; bottom: 0; left: 0; right: 0 } nav a { display: block }',
    );
    const found = await targetOffences(page);
    expect(found).toHaveLength(3);
    expect(found[0]).toMatch(/“低” is .* px high/);
    expect(found[1]).toMatch(/“小” is .* px high/);
    expect(found[2]).toMatch(/“左” and .*“右” are 0 px apart/);
  });

  it('targets: what lies behind an open dialog does not count, what is in it does', async () => {
    const page = await show(
      '<button type="button" class="low">后</button><dialog><button type="button" class="low">前</button></dialog>',
      '.low { min-height: 40px }',
    );
    await page.evaluate(() => document.querySelector('dialog')?.showModal());
    expect(await targetOffences(page)).toEqual([expect.stringContaining('前')]);
  });

  it('contrast: too weak, see-through, faded, on a picture, in a field, generated', async () => {
    const page = await show(
      `<p class="weak">弱</p><p class="thin">薄</p><div class="faded"><p>淡</p></div>
       <p class="picture">图</p><input value="值" class="weak"><input placeholder="写" aria-label="x">
       <p class="made">好</p><button type="button" disabled class="weak">停</button><p class="oklch">新</p>`,
      `.weak { color: #777 } .thin { color: rgb(0 0 0 / 50%) } .faded { opacity: 0.5 }
       .picture { background: linear-gradient(red, blue) } ::placeholder { color: #999 }
       .made::after { content: "后"; color: #888 } .oklch { color: oklch(70% 0.1 30) }`,
    );
    const found = (await contrastOffences(page)).map((each) => /“(.*)”/.exec(each)?.[1]);
    expect(found).toEqual(['弱', '薄', '淡', '图', '值', '写', '后', '新']);
  });

  it('contrast: measures against the nearest opaque ground, layer by layer', async () => {
    const page = await show(
      '<div class="dark"><p>亮</p></div><div class="tint"><p>字</p></div>',
      '.dark { background: #171410 } .dark p { color: #f2ebdf } .tint { background: rgb(0 0 0 / 60%) }',
    );
    expect(await contrastOffences(page)).toEqual([expect.stringContaining('字')]);
  });

  it('sideways: too wide, scrolls within, cuts its text; a table may scroll', async () => {
    const page = await show(
      `<p class="wide">宽</p><p class="scrolls">卷卷卷卷卷卷卷卷卷卷卷卷卷卷</p>
       <p class="cut">剪剪剪剪剪剪剪剪剪剪剪剪剪剪</p><p class="short">短短短短短短短短短短短短短短</p>
       <div class="scrolls"><table><tr><td>表表表表表表表表表表表表表表表</td></tr></table></div>`,
      `.wide { width: 400px } .scrolls { overflow-x: auto; white-space: nowrap }
       .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
       .short { overflow: hidden; max-height: 60px }`,
    );
    const found = await sidewaysOffences(page);
    expect(found[0]).toContain('wide on a screen of 320 px');
    expect(found.slice(1).map((each) => /<p\.(\w+)>.* (\w+)$/.exec(each)?.slice(1))).toEqual([
      ['wide', 'px'],
      ['scrolls', 'sideways'],
      ['cut', 'side'],
      ['short', 'below'],
    ]);
  });

  it('sideways: text at double size is what breaks it', async () => {
    const page = await show('<p class="rem">长</p>', '.rem { width: 12rem }');
    expect(await sidewaysOffences(page)).toHaveLength(2);
  });

  it('X-13 the policy watch names inline scripts, inline styles and foreign requests', async () => {
    context = await browser.newContext();
    const watch = await watchCsp(context);
    const page = await context.newPage();
    body = '<p style="color: red">x</p><script>window.ran = true</script>';
    await page.goto(url);
    await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(() => undefined));
    await expect.poll(() => watch.offences().join('\n')).toContain('connect-src');
    expect(watch.offences().join('\n')).toContain('script-src-elem stopped inline');
    expect(watch.offences().join('\n')).toContain('style-src-attr stopped inline');
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });

  it('X-13 the policy watch is silent on a page that keeps its policy', async () => {
    context = await browser.newContext();
    const watch = await watchCsp(context);
    body = '<p>x</p>';
    const page = await context.newPage();
    await page.goto(url);
    await gateOffences(page);
    expect(watch.offences()).toEqual([]);
  });

  it('X-13 weak policies are named', async () => {
    context = await browser.newContext();
    expect(weakPolicy(undefined)).toEqual(['no content security policy']);
    expect(weakPolicy(POLICY)).toEqual([]);
    expect(weakPolicy("script-src 'self' 'unsafe-eval' https: *; object-src 'none'")).toEqual([
      'allows https:',
      'allows *',
      "allows 'unsafe-eval'",
      'no base-uri',
      'no frame-ancestors',
    ]);
  });
});
