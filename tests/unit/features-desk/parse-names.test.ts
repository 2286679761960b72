import { describe, expect, it } from 'vitest';
import { memberLines } from '#features/desk/member-lines.ts';
import { LINES_MAX, parseNames } from '#features/desk/parse-names.ts';

const good = (text: string) => parseNames(text).good.map(({ name, group }) => [name, group]);
const bad = (text: string) => parseNames(text).bad.map(({ reason }) => reason);

describe('pasted names', () => {
  it('takes one name a line and skips empty lines', () => {
    expect(good('黄国强\r\n\n  李秀英 \n')).toEqual([
      ['黄国强', null],
      ['李秀英', null],
    ]);
  });

  it('takes the group after a space, a tab or a comma', () => {
    expect(good('黄国强 一组\n李秀英\t二组\n陈志明，三组\n王芳,四 组')).toEqual([
      ['黄国强', '一组'],
      ['李秀英', '二组'],
      ['陈志明', '三组'],
      ['王芳', '四 组'],
    ]);
  });

  it('takes lines however they end, and nothing that a record can’t hold: else no name of the list is saved', () => {
    expect(good('黄国\u0007强\v李秀英\u2028陈\ud83d志明\t一\u001f组\u0085\udc00王芳')).toEqual([
      ['黄国强', null],
      ['李秀英', null],
      ['陈志明', '一组'],
      ['王芳', null],
    ]);
  });

  it('reads a name that was padded for a column as one name', () => {
    expect(good('王　芳\n王 芳 一组\n王　芳\t二组')).toEqual([
      ['王芳', null],
      ['王芳', '一组'],
      ['王芳', '二组'],
    ]);
  });

  it('drops numbering in front', () => {
    expect(good('1. 黄国强\n2、李秀英\n（3）陈志明\n4\t王芳\t一组')).toEqual([
      ['黄国强', null],
      ['李秀英', null],
      ['陈志明', null],
      ['王芳', '一组'],
    ]);
  });

  it('drops numbers of full width, and takes none for a telephone', () => {
    expect(good('６．陈志明 一组\n１２、王芳')).toEqual([
      ['陈志明', '一组'],
      ['王芳', null],
    ]);
    expect(bad('罗明　１３８００００００００')).toEqual(['number']);
  });

  it('leaves out what lists say of people and the roster does not keep', () => {
    const list =
      '石桥村党支部党员名册（2026年）\n杨小妹（女）\n吴凤英 女 一组\n龙正海（苗族） 二组';
    expect(good(list)).toEqual([
      ['杨小妹', null],
      ['吴凤英', '一组'],
      ['龙正海', '二组'],
    ]);
    expect(parseNames(list).titled).toBe(0);
    expect(good('李 亚 男\n王　芳\t女\t一组')).toEqual([
      ['李亚男', null],
      ['王芳', '一组'],
    ]);
    expect(good('彭大妈 二组 可不到会')).toEqual([['彭大妈', '二组']]);
  });

  it('leaves titles out of names and groups, and says that it did', () => {
    const list = [
      '石桥村党支部党员名册',
      '支部书记：周建华',
      '组织委员 郑玉兰 二组',
      '罗明（预备党员） 一组',
      '叶志明同志',
      '謝雲 書記',
      '钟丽娟\t党小组组长\t三组',
      '李同志',
    ];
    expect(good(list.join('\n'))).toEqual([
      ['周建华', null],
      ['郑玉兰', '二组'],
      ['罗明', '一组'],
      ['叶志明', null],
      ['謝雲', null],
      ['钟丽娟', '三组'],
      ['李同志', null],
    ]);
    expect(bad(list.join('\n'))).toEqual(['no-name']);
    expect(parseNames(list.join('\n')).titled).toBe(6);
  });

  it('takes no part of a name for a title', () => {
    expect(good('党员芳\n委员会\n黄国强（大）')).toEqual([
      ['党员芳', null],
      ['委员会', null],
      ['黄国强（大）', null],
    ]);
  });

  it('reads three characters that were padded as one name', () => {
    expect(good('孙　大　圣\n孙 大 圣 一组\n王 芳 一 组\n孙 大 圣\t二组')).toEqual([
      ['孙大圣', null],
      ['孙大圣', '一组'],
      ['王芳', '一 组'],
      ['孙大圣', '二组'],
    ]);
  });

  it('drops titles, circled numbers and dashes, and keeps what else stands in brackets', () => {
    const lines =
      '王强（书记）\n冯石(预备党员) 一组\n王芳同志\n党员：刘洋\n①吴斌\n- 郑久\n张伟（大强）';
    expect(good(lines).map(([name]) => name)).toEqual(
      ['王强', '冯石', '王芳', '刘洋', '吴斌', '郑久', '张伟（大强）'], //
    );
  });

  it('makes nobody of the headings, and below them reads names and groups alone', () => {
    expect(
      good('序号\t姓名\t性别\t小组\n1\t黄国强\t男\t一组\n2\t李秀英\t女\t\n陈志明 三组'),
    ).toEqual([
      ['黄国强', '一组'],
      ['李秀英', null],
      ['陈志明', '三组'],
    ]);
    expect(parseNames('姓名\t性别\t小组\n黄国强\t男\t一组').good[0]?.line).toBe('黄国强\t一组');
    expect(good('姓名 小组\n黄国强 一组')).toEqual([['黄国强', '一组']]);
  });

  it('keeps long minority names and Latin ones whole', () => {
    expect(good('阿依古丽·买买提江 三组\nAygul Memetjan 三组')).toEqual([
      ['阿依古丽·买买提江', '三组'],
      ['Aygul Memetjan', '三组'],
    ]);
  });

  it('converts nothing', () => {
    expect(good('黃國強\n黄国强')).toEqual([
      ['黃國強', null],
      ['黄国强', null],
    ]);
  });

  it('drops what nobody sees, so that one name is one', () => {
    expect(good('\ufeff黄\u200b国强\u200e 一\u00ad组\n\u202e李秀英\u202c\n𠀀\u2060𪚥')).toEqual([
      ['黄国强', '一组'],
      ['李秀英', null],
      ['𠀀𪚥', null],
    ]);
    expect(bad('\u200b1\u200b')).toEqual(['no-name']);
    expect(parseNames('\u200b\n\u2060').bad).toEqual([]);
  });

  it('takes no telephone and no identity number', () => {
    expect(bad('黄国强 13800000000\n440111199001011234\n黄国强 44011119900101123X')).toEqual([
      'number',
      'number',
      'number',
    ]);
  });

  it('says of each line why it can not be', () => {
    expect(bad(`12\n${'长'.repeat(41)}\n黄国强 ${'组'.repeat(21)}`)).toEqual([
      'no-name',
      'name-long',
      'group-long',
    ]);
  });

  it('leaves what is beyond the limit in the box', () => {
    const names = Array.from({ length: LINES_MAX + 2 }, (_, i) => `黄${'甲'.repeat(1 + (i % 5))}`);
    expect(bad(names.join('\n'))).toEqual(['too-many', 'too-many']);
  });
});

describe('a table of members from a file', () => {
  it('gives names and groups alone where its headings say which they are', () => {
    const table =
      '某支部党员名册\n序号\t姓名\t身份证号\t所属小组\n1\t欧阳建国\t452100194501010011\t三组\n2\t覃秀珍\t\t';
    expect(memberLines(table)).toBe('欧阳建国\t三组\n覃秀珍');
    expect(memberLines('欧阳建国\t三组')).toBe('欧阳建国\t三组');
  });
});
