/** The branch's own 「五不」. */
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { ownRulesBody } from '#domain/bodies/migrants.ts';
import { foldOwnRules, ruleFields } from '#domain/own-rules.ts';

const said = (n: number, lines: string[], more: object = {}) => ({
  ...{ id: `r${n}`, kind: 'own-rules', subject: null, author: 's', seq: n, n, at: 0 },
  ...{ day: '2026-11-02', body: { lines }, ...more },
});

describe('the branch’s own 「五不」', () => {
  it('are none until somebody types them, and none again when they are emptied', () => {
    expect(foldOwnRules([])).toEqual([]);
    expect(foldOwnRules([said(1, ['不失联']), said(2, [])])).toEqual([]);
  });

  it('are what was typed last, in whatever order the records came', () => {
    const records = [said(2, ['不失联', '不信谣']), said(1, ['不失联'])];
    expect(foldOwnRules(records)).toEqual(['不失联', '不信谣']);
    expect(foldOwnRules(records.toReversed())).toEqual(['不失联', '不信谣']);
  });

  it('are not those that wait for a person or were erased', () => {
    const later = [said(2, ['别的'], { confirm: 'unsealed' }), said(3, [], { body: null })];
    expect(foldOwnRules([said(1, ['不失联']), ...later])).toEqual(['不失联']);
  });

  it('are at most five plain lines', () => {
    const fits = (lines: unknown) => v.is(ownRulesBody, { lines });
    expect(fits(Array(5).fill('不失联'))).toBe(true);
    expect(fits(Array(6).fill('不失联'))).toBe(false);
    expect(fits([''])).toBe(false);
    expect(fits(['长'.repeat(41)])).toBe(false);
    expect(ruleFields(['不失联'])).toEqual(['不失联', '', '', '', '']);
  });
});
