import { describe, expect, it } from 'vitest';
import { keepNames } from '#script/keep-names.ts';
import { loadToHant } from '#script/load-to-hant.ts';
import { toHans } from '#script/to-hans.ts';

const names = [
  { hant: '於乾', hans: '於乾' },
  { hant: '於乾生', hans: '于乾生' },
];

describe('keepNames', () => {
  it('takes names over as given, the longer first', () => {
    expect(keepNames(toHans, names, 'hant')('請於乾生與於乾來黨支部')).toBe(
      '请于乾生与於乾来党支部',
    );
  });

  it('works towards traditional too', async () => {
    const convert = keepNames(await loadToHant(), names, 'hans');
    expect(convert('请于乾生来党支部')).toBe('請於乾生來黨支部');
  });

  it('is the plain converter without names', () => {
    expect(keepNames(toHans, [], 'hant')).toBe(toHans);
  });
});
