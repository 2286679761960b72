import { describe, expect, it } from 'vitest';
import { LINES_MAX, parseBranches } from '#features/desk/parse-branches.ts';
import { branchDrafts, planBranches } from '#features/desk/plan-branches.ts';

const read = (text: string) =>
  parseBranches(text).good.map(({ township, name }) => [township, name]);

describe('pasted branches', () => {
  it('are read from two columns of Excel, padded with full-width spaces', () => {
    expect(read('青山镇\t石桥村党支部\n　云岭镇\t 大田村　党支部\u200b ')).toEqual([
      ['青山镇', '石桥村党支部'],
      ['云岭镇', '大田村党支部'],
    ]);
  });

  it('are read by their headings, whatever stands beside and in whichever order', () => {
    const text =
      '序号\t支部名称\t書記\t所属乡镇\t电话\n1\t石桥村党支部\t周建华\t青山镇\t13800000000';
    expect(read(text)).toEqual([['青山镇', '石桥村党支部']]);
  });

  it('are no heading because 类别 says 党支部', () => {
    const text = '乡镇\t支部\t类别\n龙岩镇\t第一党支部\t党支部\n龙岩镇\t第二党支部\t';
    expect(read(text)).toEqual([
      ['龙岩镇', '第一党支部'],
      ['龙岩镇', '第二党支部'],
    ]);
    expect(parseBranches(text).bad).toEqual([]);
  });

  it('are known by their words where no heading says which is which', () => {
    const text = '1\t石桥村党支部\t青山镇\n2\t云岭社区党总支\t云岭镇';
    expect(read(text)).toEqual([
      ['青山镇', '石桥村党支部'],
      ['云岭镇', '云岭社区党总支'],
    ]);
    expect(read('1、石桥村党支部\n（2）大田村党支部')).toEqual([
      [null, '石桥村党支部'],
      [null, '大田村党支部'],
    ]);
    expect(read('青山镇，石桥村党支部\n云岭镇 大田村党支部\n一中党支部')).toEqual([
      ['青山镇', '石桥村党支部'],
      ['云岭镇', '大田村党支部'],
      [null, '一中党支部'],
    ]);
  });

  it('take the township of the row above where cells were merged', () => {
    expect(read('青山镇\t石桥村党支部\n\t临江村党支部\n云岭镇\t大田村党支部')).toEqual([
      ['青山镇', '石桥村党支部'],
      ['青山镇', '临江村党支部'],
      ['云岭镇', '大田村党支部'],
    ]);
  });

  it('keep every line that cannot be one, each with its reason', () => {
    const long = '长'.repeat(41);
    const lines = ['青山镇\t', `青山镇\t${long}党支部`, `${long}\t石桥村党支部`];
    const { good, bad } = parseBranches(['云岭镇\t大田村党支部', ...lines].join('\n'));
    expect(good).toHaveLength(1);
    expect(bad.map(({ line }) => line)).toEqual(lines);
    expect(bad.map(({ reason }) => reason)).toEqual(['no-name', 'name-long', 'township-long']);
    const many = Array.from({ length: LINES_MAX + 2 }, (_, at) => `青山镇\t第${at}党支部`);
    const cut = parseBranches(many.join('\n'));
    expect(cut.good).toHaveLength(LINES_MAX);
    expect(cut.bad).toEqual(many.slice(LINES_MAX).map((line) => ({ line, reason: 'too-many' })));
  });
});

describe('the plan of a pasted list', () => {
  const township = { hans: '青山镇', hant: '青山鎮' };
  const listed = [{ branch: 'a', names: { hant: '石橋村黨支部' }, township, secretaries: [] }];
  const plan = planBranches(
    parseBranches(
      '青山镇\t石桥村党支部\n青山镇\t临江村党支部\n青山鎮\t臨江村黨支部\n云岭镇\t石桥村党支部',
    ).good,
    listed,
  );

  it('shows what is there already and what stands twice, in either script', () => {
    expect(plan.existing.map(({ name }) => name)).toEqual(['石桥村党支部']);
    expect(plan.repeated.map(({ name }) => name)).toEqual(['臨江村黨支部']);
    expect(plan.adding.map(({ township: one, name }) => [one, name])).toEqual([
      ['青山镇', '临江村党支部'],
      ['云岭镇', '石桥村党支部'],
    ]);
  });

  it('writes a known township as the county has it, and converts nothing', () => {
    const ids = { next: () => 'new' };
    const drafts = branchDrafts(plan.adding, listed, { county: 'c', script: 'hans', ids });
    expect(drafts.map(({ body }) => body)).toEqual([
      { branch: 'new', names: { hans: '临江村党支部' }, township },
      { branch: 'new', names: { hans: '石桥村党支部' }, township: { hans: '云岭镇' } },
    ]);
  });
});
