import { describe, expect, it } from 'vitest';
import { makeDocument, packDocument } from '#content/publish.ts';
import { createPackShelf } from '#packs/shelf.ts';
import { minutesToRead } from '#packs/reading-time.ts';

function serverWithReport() {
  const source = {
    title: '报告',
    chapters: [
      { id: 'lead', title: '开头', blocks: [{ type: 'paragraph' as const, text: '学习。' }] },
    ],
  };
  const document = makeDocument(source, (text) =>
    text.replace('学', '學').replace('习', '習').replace('报', '報').replace('开头', '開頭'),
  );
  if (!document.ok) throw new Error(document.error.code);
  const files = packDocument(document.value, { id: 'report', version: 1, standing: 'demo' });
  const asked: string[] = [];
  const state = { reachable: true, portal: false };
  const fetch = async (url: string) => {
    asked.push(url);
    if (!state.reachable) throw new TypeError('no network');
    if (state.portal) return new Response('<html>sign in</html>');
    const bytes = files.get(url.replace('/packs/report/', ''));
    return bytes ? new Response(new Uint8Array(bytes)) : new Response(null, { status: 404 });
  };
  return { packs: createPackShelf({ fetch }), asked, state };
}

describe('the built-in packs', () => {
  it('open in both scripts and are fetched once', async () => {
    const { packs, asked } = serverWithReport();
    const [first, second] = await Promise.all([packs.open('report'), packs.open('report')]);
    expect(first).toBe(second);
    expect(first.ok && first.value.title).toEqual({ hant: '報告', hans: '报告' });
    expect(asked).toEqual(['/packs/report/manifest.json', '/packs/report/content.json']);
  });

  it('say so when there is no network, and open once there is one', async () => {
    const { packs, state } = serverWithReport();
    state.reachable = false;
    expect(await packs.open('report')).toEqual({ ok: false, error: 'pack.unreachable' });
    state.reachable = true;
    expect((await packs.open('report')).ok).toBe(true);
  });

  it('refuse the page of a captive portal', async () => {
    const { packs, state } = serverWithReport();
    state.portal = true;
    expect(await packs.open('report')).toEqual({ ok: false, error: 'pack.manifest-invalid' });
  });
});

describe('reading time', () => {
  it('is counted for slow readers and never nothing', () => {
    expect(minutesToRead([{ type: 'paragraph', text: '字'.repeat(1_180) }])).toBe(6);
    expect(minutesToRead([{ type: 'paragraph', text: '字' }])).toBe(1);
  });
});
