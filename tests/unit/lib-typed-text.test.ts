import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { line } from '#domain/bodies/shared.ts';
import { bodiesOf } from '#features/roll/activity-form.ts';
import { branchOf, formOf } from '#features/desk/branch-form.ts';
import { parseBranches } from '#features/desk/parse-branches.ts';
import { parseNames } from '#features/desk/parse-names.ts';
import { memberOf } from '#features/desk/person-form.ts';
import { namesAsTyped, planRoster } from '#features/desk/plan-roster.ts';
import { leavingOf } from '#features/desk/transfer-form.ts';
import { correctionOf } from '#features/me/request-form.ts';
import { typedLine, typedLineOf, typedName, withoutUnseen } from '#lib/typed-text.ts';

/** Zero-width, of direction, soft hyphen, BOM, joiners, fillers, variants, tags, controls, half a character. */
const UNSEEN = [
  ...['\u200b', '\u200c', '\u200d', '\u200e', '\u202e', '\u2060', '\u2066', '\u00ad', '\ufeff'],
  ...['\u034f', '\u061c', '\u180e', '\u3164', '\ufe0f', '\u{e0100}', '\u{e0041}', '\u0007'],
  ...['\u0085', '\ud800'],
];

describe('a typed text', () => {
  it.each(UNSEEN)('loses the mark %j that nobody sees, wherever it stands', (mark) => {
    expect(typedLine(`${mark}王${mark}芳 一组${mark}`)).toBe('王芳 一组');
    expect(withoutUnseen(`一${mark}行\n\t两${mark}行`)).toBe('一行\n\t两行');
  });

  it('is one line with single spaces, and keeps every character that is seen', () => {
    expect(typedLine('\t图书室　 二楼\r\n（东）\u2800')).toBe('图书室 二楼 （东）');
    expect(typedLine('𠮷野𬱖 é ①\ue000')).toBe('𠮷野𬱖 é ①\ue000');
  });

  it('is what a record takes, or empty', () => {
    const units = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.array(units), (typed) => {
        const text = typedLine(typed.join(''));
        expect(text === '' || v.safeParse(line(99), text).success).toBe(true);
        expect(typedLine(text)).toBe(text);
      }),
      { seed: 20260311, numRuns: 500 },
    );
  });
});

describe('a typed name', () => {
  it('that was padded for a column is one name; two Latin words stay two', () => {
    expect(['王　芳', '王 芳', '欧 阳 修', 'Anna  Wang'].map(typedName)).toEqual([
      ...['王芳', '王芳', '欧阳修', 'Anna Wang'],
    ]);
  });

  it.each(['·', '•', '・', '･', '‧', '∙', '．', '.', ' · ', '\u200b•'])(
    'has one dot between its parts, whichever was typed: %j',
    (dot) => {
      expect(typedName(`阿卜杜${dot}买${dot}艾力`)).toBe('阿卜杜·买·艾力');
      expect(parseNames(`1. 阿卜杜${dot}艾力\t一组`).good).toMatchObject([
        { name: '阿卜杜·艾力', group: '一组' },
      ]);
    },
  );

  it('keeps a dot that stands beside a letter', () => {
    expect(['J. 王', 'A.B. Wang', '•王芳'].map(typedName)).toEqual(['J. 王', 'A.B. Wang', '•王芳']);
    expect(parseNames('• 王芳').good).toMatchObject([{ name: '王芳' }]);
  });
});

describe('every form', () => {
  const ZW = '\u200c';
  const day = '2026-03-01';
  const person = { hans: `王${ZW}芳`, hant: `王芳${ZW}`, group: `一${ZW}组`, byName: `小${ZW}芳` };
  const facts = { id: 'new', script: 'hans', today: day, branches: [] } as const;
  const branch = { ...formOf(null, () => ''), name: `石${ZW}桥`, township: `青${ZW}山镇` };
  const meeting = {
    ...{ type: 'other', title: `读${ZW}书`, place: `图书${ZW}室`, day, time: '19:30' },
    ...{ quorum: 'none', group: '', late: '', every: 'once', times: 1 },
  };
  const namesake = () => {
    const { good } = parseNames('王芳\n王芳');
    return planRoster(good, [], { 1: { is: 'other', group: `二${ZW}组` } });
  };

  it.each([
    ['a name', () => memberOf(person, '0123456789ABCDEF')],
    ['names in a code', () => namesAsTyped({ hans: person.hans, hant: person.hant })],
    ['a list of names', () => parseNames(`王${ZW}芳\t一${ZW}组`)],
    ['the group of a namesake', namesake],
    ['a branch', () => branchOf(branch, facts)],
    ['a list of branches', () => parseBranches(`青${ZW}山镇\t石${ZW}桥村党支部`)],
    [
      'a place',
      () =>
        leavingOf({ where: 'elsewhere', place: `邻${ZW}县`, from: day }, { today: day, code: '' }),
    ],
    ['a meeting', () => bodiesOf(meeting as Parameters<typeof bodiesOf>[0], day)],
    ['words to the desk', () => correctionOf({ text: `名字${ZW}错了`, record: '' })],
  ])('takes %s without unseen marks', (_, read) => {
    const kept = JSON.stringify(read());
    expect(kept).not.toContain(ZW);
    expect(kept).toMatch(/王芳|石桥|邻县|读书|名字错了/);
  });

  it('knows what was written before by how it looks', () => {
    const before = { branch: 'b', names: { hans: `石${ZW}桥`, hant: '石橋' }, secretaries: [] };
    const form = formOf(before, (names) => names?.hans ?? '');
    const body = branchOf(form, { ...facts, id: 'b', branches: [before] });
    expect(body).toMatchObject({ ok: true, value: { names: before.names } });
    const held = { names: { hans: `王${ZW}芳` }, group: null } as Parameters<
      typeof planRoster
    >[1][0];
    expect(planRoster(parseNames('王芳').good, [held], {}).namesakes).toHaveLength(1);
    const dotted = { ...held, names: { hans: '阿卜杜•艾力' } };
    expect(planRoster(parseNames('阿卜杜·艾力').good, [dotted], {}).namesakes).toHaveLength(1);
  });
});

describe('a typed line that is cut', () => {
  it('ends with no space and no half of a character, so that a record takes it', () => {
    expect(typedLineOf(3, ' 支部 会')).toBe('支部');
    expect(typedLineOf(3, '支部𠮷')).toBe('支部');
    expect(v.is(line(3), typedLineOf(3, '支 部会'))).toBe(true);
  });
});
