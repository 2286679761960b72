import { describe, expect, it } from 'vitest';
import { branchOf, formOf, type BranchForm } from '#features/desk/branch-form.ts';
import { parseBranches } from '#features/desk/parse-branches.ts';
import { branchDrafts, planBranches } from '#features/desk/plan-branches.ts';

const TODAY = '2026-11-23';
const township = { hans: '青山镇', hant: '青山鎮' };
const GENERAL = {
  ...{ branch: 'g', names: { hans: '青山社区党总支' }, township, kind: 'general' as const },
  secretaries: [],
};
const UNDER = {
  ...{ branch: 'u', names: { hans: '一支部' }, township, general: 'g' },
  secretaries: [],
};
const OVER = {
  ...{ branch: 'o', names: { hans: '抢险临时党支部', hant: '搶險臨時黨支部' } },
  ...{ kind: 'temporary' as const, until: '2026-09-01', secretaries: [] },
};
const branches = [GENERAL, UNDER, OVER];
const keep = (form: Partial<BranchForm>, id = 'new') =>
  branchOf(
    { ...formOf(null, () => ''), name: '防汛临时党支部', ...form },
    { id, script: 'hans', today: TODAY, branches },
  );

describe('what an administrator types of a branch', () => {
  it('is kept with its kind, its last day and its 党总支', () => {
    const form = {
      kind: 'temporary',
      until: '2026-12-31',
      township: '青山镇',
      general: 'g',
    } as const;
    expect(keep(form)).toEqual({
      ok: true,
      value: {
        ...{ branch: 'new', names: { hans: '防汛临时党支部' }, township },
        ...{ kind: 'temporary', until: '2026-12-31', general: 'g' },
      },
    });
  });

  it.each([
    [{ name: ' ' }, 'name'],
    [{ name: '长'.repeat(41) }, 'name-long'],
    [{ kind: 'temporary', until: '2026-11-22' }, 'until-past'],
    [{ kind: 'temporary', until: 'soon' }, 'until-past'],
    [{ general: 'gone', township: '青山镇' }, 'general-missing'],
    [{ general: 'g', township: '云岭镇' }, 'general-township'],
    [{ general: 'g', township: '青山镇', kind: 'general' }, 'general-circle'],
  ] as const)('is told what is wrong: %o is %s', (form, error) => {
    expect(keep(form)).toEqual({ ok: false, error });
  });

  it('stays what it is while branches belong to it, and keeps a last day that is over', () => {
    const form = { name: '青山社区党支部', township: '青山镇' };
    expect(keep(form, 'g')).toEqual({ ok: false, error: 'has-branches' });
    const again = formOf(OVER, (names) => names?.hans ?? '');
    expect(keep(again, 'o')).toMatchObject({
      ok: true,
      value: { until: OVER.until, names: OVER.names },
    });
  });
});

describe('pasted columns 类别 and 所属党总支', () => {
  const HEAD = '乡镇\t支部名称\t类别\t所属党总支';
  const plan = (...lines: string[]) =>
    planBranches(parseBranches([HEAD, ...lines].join('\n')).good, branches);

  it('make branches of their kind, below a 党总支 of the county or of the same list', () => {
    const { adding } = plan(
      '云岭镇\t云岭社区党总支\t\t',
      '云岭镇\t第一党支部\t一般支部\t云岭社区党总支',
      '青山镇\t工地临时党支部\t\t青山社区党总支',
    );
    let next = 0;
    const ids = { next: () => `new${(next += 1)}` };
    const drafts = branchDrafts(adding, branches, { county: 'c', script: 'hans', ids });
    expect(drafts.map(({ body: { kind, general } }) => [kind, general])).toEqual([
      ['general', undefined],
      [undefined, 'new1'],
      ['temporary', 'g'],
    ]);
  });

  it('keep a line apart whose 党总支 is not there, elsewhere, or no other’s', () => {
    const lines = [
      '青山镇\t二支部\t\t没有的党总支',
      '云岭镇\t三支部\t\t青山社区党总支',
      '青山镇\t新党总支\t党总支\t青山社区党总支',
    ];
    const { adding, wrong } = plan(...lines);
    expect(adding).toEqual([]);
    expect(wrong.map(({ reason }) => reason)).toEqual([
      'general-missing',
      'general-township',
      'general-circle',
    ]);
    expect(wrong.map(({ line }) => line)).toEqual(lines);
  });
});
