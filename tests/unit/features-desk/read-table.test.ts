import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { decodeText, textCells } from '#features/desk/read-text-table.ts';
import { ENTRIES_MAX, INFLATED_MAX, readZip } from '#features/desk/read-zip.ts';
import { FILE_MAX, readTableFile } from '#features/desk/table-file.ts';

/** 青山镇,石桥村党支部 as Excel in Chinese writes it. */
const GB18030 = [
  ...[0xc7, 0xe0, 0xc9, 0xbd, 0xd5, 0xf2, 0x2c, 0xca, 0xaf, 0xc7, 0xc5, 0xb4, 0xe5, 0xb5, 0xb3],
  ...[0xd6, 0xa7, 0xb2, 0xbf],
];
const ROW = '青山镇,石桥村党支部';

describe('a text file', () => {
  it('is read as UTF-8 with and without its mark, as UTF-16 and as GB18030', () => {
    const utf8 = strToU8(ROW);
    const utf16 = [...ROW].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8]);
    const written = [utf8, [0xef, 0xbb, 0xbf, ...utf8], [0xff, 0xfe, ...utf16], GB18030];
    expect(written.map((bytes) => decodeText(Uint8Array.from(bytes)))).toEqual(Array(4).fill(ROW));
    expect(decodeText(Uint8Array.from([0x25, 0x50, 0, 1]))).toBeNull();
  });

  it('keeps commas and ends of lines in quoted cells, and loses nothing where a quote never ends', () => {
    expect(textCells('a,"b, ""c""\nd"\r\ne,f')).toEqual([
      ['a', 'b, "c"\nd'],
      ['e', 'f'],
    ]);
    expect(textCells('a,"b\nc,d')).toEqual([
      ['a', '"b'],
      ['c', 'd'],
    ]);
  });

  it('becomes lines for the box, and a reason where it cannot', async () => {
    const text = '乡镇,支部\n青山镇,"石桥村\n党支部"\n,临江村党支部\n';
    expect(await readTableFile(new Blob([text]))).toEqual({
      ok: true,
      value: '乡镇\t支部\n青山镇\t石桥村 党支部\n\t临江村党支部',
    });
    const reasonOf = async (bytes: number[] | string) => {
      const read = await readTableFile(
        new Blob([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)]),
      );
      return read.ok ? 'read' : read.error;
    };
    expect(await reasonOf([0xd0, 0xcf, 0x11, 0xe0, 0, 0])).toBe('old-excel');
    expect(await reasonOf([0x50, 0x4b, 3, 4, 1, 2])).toBe('unreadable');
    expect(await reasonOf('\n \n')).toBe('empty');
    expect(await reasonOf('x'.repeat(FILE_MAX + 1))).toBe('too-big');
  });
});

describe('a zip', () => {
  const all = () => true;
  /** Alone: a report of what burst would burst too. */
  const reasonOf = (...given: Parameters<typeof readZip>) => {
    const read = readZip(...given);
    return read.ok ? 'read' : read.error;
  };

  it('gives the wanted entries as text', () => {
    const zip = zipSync({ 'a.xml': strToU8('石桥'), 'b.xml': strToU8('no') });
    const read = readZip(zip, (name) => name === 'a.xml');
    expect(read.ok && [...read.value]).toEqual([['a.xml', '石桥']]);
  });

  it('X-14 that would burst is refused before it does, and so is one of very many entries', () => {
    const bomb = zipSync({ 'a.xml': new Uint8Array(4 * INFLATED_MAX) });
    expect(bomb.length).toBeLessThan(FILE_MAX);
    expect(reasonOf(bomb, all)).toBe('too-big');
    const names = Array.from({ length: ENTRIES_MAX + 1 }, (_, at) => `../${at}`);
    const many = zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array(0)])));
    expect(reasonOf(many, () => false)).toBe('too-big');
  });

  it('that was cut off is unreadable or misses what was cut, and never throws', () => {
    const zip = zipSync({ 'a.xml': strToU8('石桥'.repeat(1_000)) });
    const cut = readZip(zip.subarray(0, 40), all);
    expect(cut.ok ? [...cut.value.values()].join('').length < 2_000 : cut.error).toBeTruthy();
  });
});
