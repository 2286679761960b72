import { utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { type Block, type BlockType, blockSchema } from '#content/block.ts';
import { blockTexts, mapBlock } from '#content/map-block.ts';
import { openPack } from '#content/open-pack.ts';
import { findRepair, repairText } from '#content/patch.ts';
import { makeDocument, packDocument, type Source } from '#content/publish.ts';
import { utf8FromBytes } from '#content/utf8.ts';
import { contentHash, verifyPack } from '#content/verify-pack.ts';
import { toHant } from '#script/to-hant.ts';
import * as v from 'valibot';

const label = { id: 'sample', version: 3, standing: 'demo' } as const;

function aSource(change: Partial<Source> = {}): Source {
  const blocks: Block[] = [{ type: 'paragraph', text: '党员干部在这里学习。' }];
  return { title: '学习材料', chapters: [{ id: 'one', title: '第一章', blocks }], ...change };
}

function aPack(source = aSource()) {
  const document = makeDocument(source, toHant);
  if (!document.ok) throw new Error(document.error.code);
  const files = packDocument(document.value, label);
  return { manifest: files.get('manifest.json')!, content: files.get('content.json')! };
}

const open = (manifest: Uint8Array, content: Uint8Array) =>
  openPack(manifest, new Map([['content.json', content]]));

describe('openPack', () => {
  it('gives both scripts and a key of every block', () => {
    const { manifest, content } = aPack();
    const opened = open(manifest, content);
    expect(opened).toMatchObject({
      ok: true,
      value: {
        title: { hant: '學習材料', hans: '学习材料' },
        lead: [],
        chapters: [
          {
            id: 'one',
            title: { hant: '第一章', hans: '第一章' },
            blocks: [
              {
                hant: { type: 'paragraph', text: '黨員幹部在這裏學習。' },
                hans: { type: 'paragraph', text: '党员干部在这里学习。' },
                key: '党员干部在这里学习',
              },
            ],
          },
        ],
      },
    });
  });

  it('refuses a changed byte, a cut file and a missing one before parsing', () => {
    const { manifest, content } = aPack();
    const flipped = content.slice();
    flipped[30] = flipped[30]! ^ 1;
    expect(open(manifest, flipped)).toEqual({ ok: false, error: 'pack.file-hash' });
    expect(open(manifest, content.slice(1))).toEqual({ ok: false, error: 'pack.file-size' });
    expect(openPack(manifest, new Map())).toEqual({ ok: false, error: 'pack.file-missing' });
  });

  it.each(['<!doctype html>', '{}', '', '[1', '{"format":2}'])('refuses the manifest %j', (bad) => {
    const { content } = aPack();
    expect(open(utf8ToBytes(bad), content)).toEqual({ ok: false, error: 'pack.manifest-invalid' });
  });

  it('refuses a path that leaves the pack', () => {
    const { manifest, content } = aPack();
    const evil = (utf8FromBytes(manifest) ?? '').replaceAll('content.json', '../content.json');
    expect(open(utf8ToBytes(evil), content)).toEqual({ ok: false, error: 'pack.manifest-invalid' });
  });

  it('refuses a document of another format and one whose patch does not fit', () => {
    const document = makeDocument(aSource(), toHant);
    if (!document.ok) throw new Error(document.error.code);
    const later = packDocument({ ...document.value, format: 2 as 1 }, label);
    expect(open(later.get('manifest.json')!, later.get('content.json')!)).toEqual({
      ok: false,
      error: 'pack.document-invalid',
    });
    const patch = [{ text: 0, at: 0, was: '书', now: '數' }];
    const shifted = packDocument({ ...document.value, patch }, label);
    expect(open(shifted.get('manifest.json')!, shifted.get('content.json')!)).toEqual({
      ok: false,
      error: 'pack.patch-misfit',
    });
  });
});

describe('contentHash', () => {
  it('covers the files and the version, not the reviews', () => {
    const { manifest, content } = aPack();
    const verified = verifyPack(manifest, new Map([['content.json', content]]));
    if (!verified.ok) throw new Error(verified.error);
    const hash = contentHash(verified.value.manifest);
    expect(contentHash({ ...verified.value.manifest, standing: 'reviewed' })).toBe(hash);
    expect(contentHash({ ...verified.value.manifest, version: 4 })).not.toBe(hash);
  });
});

describe('makeDocument', () => {
  it('is the same bytes each time', () => {
    expect(aPack()).toEqual(aPack());
  });

  it('keeps names in both forms and takes an editor’s corrections', () => {
    const source = aSource({
      title: '于谦与云上课堂',
      names: [{ hant: '于謙', hans: '于谦' }],
      corrections: [['課堂', '講堂']],
    });
    const document = makeDocument(source, toHant);
    expect(document).toMatchObject({ ok: true, value: { title: '于謙與雲上講堂' } });
    if (!document.ok) return;
    expect(document.value.patch).toEqual([{ text: 0, at: 5, was: '讲', now: '课' }]);
    const { manifest, content } = aPack(source);
    expect(open(manifest, content)).toMatchObject({ value: { title: { hans: '于谦与云上课堂' } } });
  });

  it('refuses a text that would need more than a tiny patch', () => {
    const blocks: Block[] = ['一', '二', '三'].map((text) => ({ type: 'paragraph', text }));
    const source = aSource({
      chapters: [{ id: 'one', title: '章', blocks }],
      corrections: [
        ['一', '壹'],
        ['二', '貳'],
        ['三', '叁'],
      ],
    });
    expect(makeDocument(source, toHant)).toMatchObject({
      error: { code: 'publish.too-many-repairs' },
    });
  });

  it('names what is wrong in a source', () => {
    const chapters = [{ id: 'Bad Id', title: '章', blocks: aSource().chapters[0]!.blocks }];
    expect(makeDocument(aSource({ chapters }), toHant)).toEqual({
      ok: false,
      error: { code: 'publish.source-invalid', at: 'chapters.0.id' },
    });
  });
});

describe('patch', () => {
  it('counts in code points, not in halves of them', () => {
    const repair = findRepair('𠮷里的表里', '𠮷里的裏里', 7);
    expect(repair).toEqual({ text: 7, at: 3, was: '表', now: '裏' });
    expect(repairText('𠮷里的表里', 7, [repair!])).toBe('𠮷里的裏里');
  });

  it('refuses to repair other words', () => {
    expect(repairText('别的字', 0, [{ text: 0, at: 0, was: '表', now: '裏' }])).toBeUndefined();
  });

  it('applies repairs that change the length in any order', () => {
    const patch = [
      { text: 0, at: 0, was: '甲', now: '' },
      { text: 0, at: 2, was: '丙', now: '丙丙' },
    ];
    expect(repairText('甲乙丙', 0, patch)).toBe('乙丙丙');
  });
});

describe('blocks', () => {
  const every: Record<BlockType, Block> = {
    heading: { type: 'heading', level: 2, text: 'a' },
    paragraph: { type: 'paragraph', text: 'a' },
    quote: { type: 'quote', text: 'a', source: 'b' },
    list: { type: 'list', ordered: true, items: ['a', 'b'] },
    table: { type: 'table', caption: 'a', head: ['b'], rows: [['c'], ['d']] },
    figure: { type: 'figure', caption: 'a', credit: 'b' },
    audio: { type: 'audio', title: 'a', file: 'talk.mp3', seconds: 60 },
    'key-figures': { type: 'key-figures', items: [{ value: 'a', unit: 'b', label: 'c' }] },
    chart: { type: 'chart', title: 'a', bars: [{ label: 'b', value: 1 }] },
  };

  it.each(Object.values(every))('$type: every text is reached, nothing else changes', (block) => {
    expect(v.parse(blockSchema, block)).toEqual(block);
    const texts = blockTexts(block);
    expect(texts).toEqual(['a', 'b', 'c', 'd'].slice(0, texts.length));
    expect(texts.length).toBeGreaterThan(0);
    expect(mapBlock(block, (text) => text)).toEqual(block);
  });

  it('takes no block of an unknown type and no stray member', () => {
    expect(v.safeParse(blockSchema, { type: 'html', text: '<b>' }).success).toBe(false);
    expect(v.safeParse(blockSchema, { ...every.paragraph, onclick: '' }).success).toBe(false);
  });
});

describe('utf8FromBytes', () => {
  it('reads every text back', () => {
    const text = '100% 日學 😀 \u0000 %e4 \u07ff';
    expect(utf8FromBytes(utf8ToBytes(text))).toBe(text);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(utf8FromBytes(Uint8Array.of(0xe6, 0x97))).toBeUndefined();
  });
});
