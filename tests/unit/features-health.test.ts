import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HealthFacts } from '#data/health.port.ts';
import { judgeHealth, type Line } from '#features/health/judge-health.ts';

const DAY = 86_400_000;
const NOW = 100 * DAY;
const GB = 1024 ** 3;

const WELL: HealthFacts = {
  ...{ now: NOW, upSince: NOW - DAY, build: 'a', schema: 'b', database: '18.4' },
  ...{ connections: 3, waiting: 0, disk: { free: 40 * GB, low: false } },
  backup: { automatic: true, last: { at: NOW - DAY / 2, bytes: 5e6, how: 'auto' } },
  drill: { at: NOW - 3 * DAY, problem: null },
  acts: { count: 12, audited: { at: NOW - DAY / 2, findings: 0 } },
};

const judge = (facts: Partial<HealthFacts>) => judgeHealth({ ...WELL, ...facts }, NOW);
const todosOf = (facts: Partial<HealthFacts>) =>
  judge(facts).flatMap(({ todo }) => (todo ? [todo.key] : []));
const wordsOf = (name: Line['name'], facts: Partial<HealthFacts>) =>
  judge(facts).find((line) => line.name === name)?.words.key;

describe('what the facts about the machine mean', () => {
  it('asks for nothing where all is well', () => {
    expect(todosOf({})).toEqual([]);
    expect(judge({}).map(({ name }) => name)).toEqual([
      ...['disk', 'backup', 'drill', 'acts', 'running', 'version'],
    ]);
  });

  it('says what to do about a disk that fills, before and after nothing is taken any more', () => {
    expect(todosOf({ disk: { free: 0.9 * GB, low: false } })).toEqual(['disk.soon']);
    expect(todosOf({ disk: { free: 0.2 * GB, low: true } })).toEqual(['disk.low']);
    expect(wordsOf('disk', { disk: null })).toBe('disk.elsewhere');
  });

  it('wants a backup of the last two nights, from whoever makes them here', () => {
    const last = (days: number) => ({ at: NOW - days * DAY, bytes: 1, how: 'hand' as const });
    expect(todosOf({ backup: { automatic: true, last: last(2) } })).toEqual([]);
    expect(todosOf({ backup: { automatic: true, last: last(9) } })).toEqual(['backup.old']);
    expect(todosOf({ backup: { automatic: true, last: null } })).toEqual(['backup.make']);
    expect(todosOf({ backup: { automatic: false, last: null } })).toEqual([]);
    expect(wordsOf('backup', { backup: { automatic: false, last: null } })).toBe('backup.own');
  });

  it('wants a drill that went well, of the last two weeks', () => {
    const drill = (days: number, problem: string | null = null) => ({
      ...{ at: NOW - days * DAY, problem },
    });
    expect(todosOf({ drill: drill(15) })).toEqual([]);
    expect(todosOf({ drill: drill(16) })).toEqual(['drill.old']);
    expect(todosOf({ drill: drill(1, 'backup.damaged') })).toEqual(['drill.todo.damaged']);
    expect(todosOf({ drill: drill(1, 'of a later version') })).toEqual(['drill.todo.other']);
    expect(todosOf({ drill: null })).toEqual([]);
    const elsewhere = judge({ backup: { automatic: false, last: null }, drill: null });
    expect(elsewhere.some(({ name }) => name === 'drill')).toBe(false);
  });

  it('says that acts were altered', () => {
    const acts = (findings: number) => ({ count: 3, audited: { at: NOW, findings } });
    expect(todosOf({ acts: acts(2) })).toEqual(['acts.look']);
    expect(todosOf({ acts: { count: 3, audited: null } })).toEqual([]);
  });

  it('has a text for each of its keys', () => {
    const { health } = JSON.parse(
      readFileSync(new URL('../../locales/zh-Hans.json', import.meta.url), 'utf8'),
    ) as { health: Record<string, unknown> };
    const source = readFileSync(
      new URL('../../src/features/health/judge-health.ts', import.meta.url),
      'utf8',
    );
    const keys = [...source.matchAll(/'((?:disk|backup|drill|acts|running|version)\.[a-z-]+)'/g)];
    const problems = ['backup.damaged', 'backup.passphrase', 'drill.room', 'drill.acts'];
    const wanted = [
      ...keys.flatMap(([, key = '']) => (problems.includes(key) ? [] : [key])),
      ...['backup.auto', 'backup.hand'],
      ...[...problems, 'any.other'].map((code) => `drill.todo.${code.split('.')[1]}`),
    ];
    const text = (key: string) =>
      key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], health);
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter((key) => typeof text(key) !== 'string')).toEqual([]);
  });
});
