import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { blockTexts } from '#content/map-block.ts';
import { openPack, type OpenedBlock } from '#content/open-pack.ts';
import { makeReportPack } from '#content/report/pack.ts';
import { report } from '#content/report/report.ts';
import { toHans } from '#script/to-hans.ts';
import { toHant } from '#script/to-hant.ts';
import { chapterFacts, leadFacts, longNames } from './facts.ts';

const MAX_BROTLI = 25_000;
const folder = new URL('../../../public/packs/report/', import.meta.url);
const original = new URL('../../../../shared/report/original.txt', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, folder)));

const opened = openPack(read('manifest.json'), new Map([['content.json', read('content.json')]]));
if (!opened.ok) throw new Error(opened.error);
const pack = opened.value;
const text = (blocks: readonly OpenedBlock[], script: 'hant' | 'hans') =>
  blocks.flatMap((block) => blockTexts(block[script])).join('\n');
const whole = (script: 'hant' | 'hans') =>
  [pack.lead, ...pack.chapters.map(({ blocks }) => blocks)].map((b) => text(b, script)).join('\n');

describe('the built-in report', () => {
  it('is made from its source: `npx tsx scripts/report-pack.ts` after a change', () => {
    for (const [name, bytes] of makeReportPack(toHant))
      expect([name, read(name)]).toEqual([name, bytes]);
  });

  it('weighs at most 25 kB on the way', () => {
    const sizes = ['manifest.json', 'content.json'].map((n) => brotliCompressSync(read(n)).length);
    expect(sizes.reduce((a, b) => a + b)).toBeLessThanOrEqual(MAX_BROTLI);
  });

  it('says that nobody has reviewed it', () => {
    expect(pack.manifest.standing).toBe('demo');
  });

  it('has a lead and five chapters in the order of the county, each with big figures', () => {
    expect(pack.chapters.map(({ kicker }) => kicker?.hant)).toEqual([
      '三抓三強',
      '三抓三推',
      '三抓三用',
      '三抓三建',
      '三抓三促',
    ]);
    for (const blocks of [pack.lead, ...pack.chapters.map((chapter) => chapter.blocks)]) {
      expect(blocks.map(({ hans }) => hans.type)).toContain('key-figures');
    }
  });

  it('keeps the five captions as blocks of their own, without the names of photographers', () => {
    const all = [pack.lead, ...pack.chapters.map(({ blocks }) => blocks)].flat();
    const captions = all.flatMap(({ hans }) => (hans.type === 'figure' ? [hans] : []));
    expect(captions).toHaveLength(5);
    expect(captions.every(({ credit }) => credit === undefined)).toBe(true);
  });

  it('holds every figure and name of the lead', () => {
    const hans = text(pack.lead, 'hans');
    expect(leadFacts.filter((fact) => !hans.includes(fact))).toEqual([]);
  });

  it.each(pack.chapters)('holds every figure and name of $id', (chapter) => {
    const hans = `${chapter.kicker?.hans} ${text(chapter.blocks, 'hans')}`;
    const facts = chapterFacts[chapter.id] ?? [];
    expect(facts.length).toBeGreaterThan(10);
    expect(facts.filter((fact) => !hans.includes(fact))).toEqual([]);
  });

  it('reads exactly as written in simplified', () => {
    const source = report.chapters.map(({ blocks }) => blocks.flatMap(blockTexts));
    expect(pack.chapters.map(({ blocks }) => blocks.flatMap((b) => blockTexts(b.hans)))).toEqual(
      source,
    );
  });

  it('has no simplified character left in traditional, and the county’s forms', () => {
    const hant = whole('hant');
    expect(toHant(hant)).toBe(hant);
    for (const word of [
      '幹部',
      '示範',
      '徵文',
      '心裏話',
      '志願者',
      '八不准',
      '群眾',
      '平台',
      '錘煉',
      '每周',
    ]) {
      expect(hant).toContain(word);
    }
    expect(hant).not.toMatch(/[裡臺羣説綫衞爲麪啓乾]/u);
  });

  it.runIf(existsSync(original))('shares no run of 12 characters with the newspaper', () => {
    const printed = hanOf(toHans(readFileSync(original, 'utf8')));
    const RUN = 12;
    const shared: string[] = [];
    for (const piece of withoutNames(hanOf(whole('hans')))) {
      for (let at = 0; at + RUN <= piece.length; at += 1) {
        const run = piece.slice(at, at + RUN);
        if (printed.includes(run)) shared.push(run);
      }
    }
    expect(shared).toEqual([]);
  });
});

/** Han characters alone: the strictest way to compare, punctuation and figures fall out. */
function hanOf(source: string): string {
  return source.replace(/[^\p{Script=Han}]/gu, '');
}

function withoutNames(source: string): string[] {
  return source.split(new RegExp(longNames.join('|'), 'u'));
}
