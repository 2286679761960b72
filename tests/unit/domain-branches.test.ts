/** The kinds of branch: what a name suggests, what is over, and a tree that no record can spoil. */
import { describe, expect, it } from 'vitest';
import { asTree, generalFault, isOver, kindByName } from '#domain/branches.ts';

const township = { hans: '青山镇' };
const one = (branch: string, more: object = {}) => ({ branch, township, ...more });
const GENERAL = one('g', { kind: 'general' as const });

describe('a branch', () => {
  it.each([
    ['石桥村党支部', 'ordinary'],
    ['抢险临时党支部', 'temporary'],
    ['橋東臨時黨支部', 'temporary'],
    ['云岭社区党总支', 'general'],
    ['雲嶺社區黨總支部委員會', 'general'],
    ['云岭社区党总支第一党支部', 'ordinary'],
  ])('called %s is taken for %s', (name, kind) => {
    expect(kindByName(name)).toBe(kind);
  });

  it('is over after its last day, and never where it has none or is no temporary one', () => {
    const until = '2026-11-23';
    expect(isOver({ kind: 'temporary', until }, '2026-11-23')).toBe(false);
    expect(isOver({ kind: 'temporary', until }, '2026-11-24')).toBe(true);
    expect(isOver({ kind: 'temporary' }, '2999-01-01')).toBe(false);
    expect(isOver({ until }, '2999-01-01')).toBe(false);
  });
});

describe('a 党总支', () => {
  it('is one of the same township that is none’s, or the branch is told why not', () => {
    const away = { branch: 'away', kind: 'general' as const, township: { hans: '云岭镇' } };
    const all = [GENERAL, away, one('a'), one('n', { kind: 'general', general: 'g' })];
    const under = (general: string, more: object = {}) => one('b', { general, ...more });
    expect(generalFault(under('g'), all)).toBeNull();
    expect(generalFault(under('nowhere'), all)).toBe('general-missing');
    expect(generalFault(under('a'), all)).toBe('general-missing');
    expect(generalFault(under('away'), all)).toBe('general-township');
    expect(generalFault(under('n'), all)).toBe('general-circle');
    expect(generalFault(under('g', { kind: 'general' }), all)).toBe('general-circle');
    expect(generalFault(one('g', { kind: 'general', general: 'g' }), all)).toBe('general-circle');
  });

  it('is followed by its branches, each once, also where two administrators made a circle', () => {
    const rows = (all: Parameters<typeof asTree>[0]) =>
      asTree(all).map(({ branch, under }) => [branch.branch, under]);
    expect(rows([one('a'), GENERAL, one('b'), one('c', { general: 'g' })])).toEqual([
      ['a', false],
      ['g', false],
      ['c', true],
      ['b', false],
    ]);
    const circle = [
      one('x', { kind: 'general', general: 'y' }),
      one('y', { kind: 'general', general: 'x' }),
      one('z', { general: 'x' }),
    ];
    expect(rows(circle)).toEqual([
      ['x', false],
      ['y', false],
      ['z', false],
    ]);
  });
});
