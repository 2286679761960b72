import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readTableFile } from '#features/desk/table-file.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook as Excel, WPS and others write it: the first sheet is not sheet1.xml, text comes in runs. */
const WORKBOOK = {
  'xl/workbook.xml': `<x:workbook xmlns:x="${MAIN}" xmlns:r="${RELATIONS}"><x:sheets>
    <x:sheet name="支部" sheetId="4" r:id="rId9"/><x:sheet name="旧" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
    <Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId9" Target="worksheets/sheet4.xml"/></Relationships>`,
  'xl/sharedStrings.xml': `<sst xmlns="${MAIN}"><si><t>乡镇</t></si><si><t>支部</t></si>
    <si><r><t>青山</t></r><r><t>镇</t></r><rPh sb="0" eb="1"><t>qing</t></rPh></si></sst>`,
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData/></worksheet>`,
  'xl/worksheets/sheet4.xml': `<x:worksheet xmlns:x="${MAIN}"><x:sheetData>
    <x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c><x:c r="C1" t="s"><x:v>1</x:v></x:c></x:row>
    <x:row r="2"><x:c r="A2" t="s"><x:v>2</x:v></x:c><x:c r="C2" t="inlineStr"><x:is><x:t>石桥村党支部 &amp; 学校</x:t></x:is></x:c></x:row>
    <x:row r="3"><x:c r="C3" t="str"><x:v>临江村党支部</x:v></x:c><x:c r="ZZZ3"><x:v>7</x:v></x:c></x:row>
  </x:sheetData></x:worksheet>`,
};

const fileOf = (entries: Record<string, string>) =>
  new Blob([
    zipSync(
      Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)])),
    ),
  ]);

it('reads the first sheet of a workbook as rows, empty cells in their places', async () => {
  const value = '乡镇\t\t支部\n青山镇\t\t石桥村党支部 & 学校\n\t\t临江村党支部';
  expect(await readTableFile(fileOf(WORKBOOK))).toEqual({ ok: true, value });
});

it('reads what a cell says where its file writes a sign by its number', async () => {
  const sheet = `<worksheet xmlns="${MAIN}"><sheetData>
    <row><c r="A1" t="inlineStr"><is><t>王芳_x000D_</t></is></c><c r="B1" t="str"><v>一组_x000A_</v></c></row>
    <row><c r="A2" t="inlineStr"><is><t>李_x005F_x000D_秀</t></is></c></row></sheetData></worksheet>`;
  const file = fileOf({ ...WORKBOOK, 'xl/worksheets/sheet4.xml': sheet });
  expect(await readTableFile(file)).toEqual({ ok: true, value: '王芳\t一组\n李_x000D_秀' });
});

it('says of a broken sheet and of a zip that is no workbook that they cannot be read', async () => {
  const broken = { ...WORKBOOK, 'xl/worksheets/sheet4.xml': '<worksheet><sheetData><row>' };
  for (const entries of [broken, { 'word/document.xml': '<w/>' }])
    expect(await readTableFile(fileOf(entries))).toEqual({ ok: false, error: 'unreadable' });
});
