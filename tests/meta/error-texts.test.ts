import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WRITE_ERRORS } from '#data/ledger/ledger.ts';
import { KINDS, SELF_KIND } from '#domain/kinds.ts';
import { REFUSAL_REASONS, reasonText } from '#domain/refusal-reasons.ts';
import { CONFIRM_REASONS } from '#domain/waits.ts';
import { ERROR_CODES } from '#protocol/errors.ts';

const { errors, reasons, me } = JSON.parse(
  readFileSync(new URL('../../locales/zh-Hans.json', import.meta.url), 'utf8'),
) as {
  errors: Record<string, Record<string, string>>;
  reasons: { refused: Record<string, string>; confirm: Record<string, string> };
  me: { kinds: Record<string, string> };
};

describe('every error code', () => {
  it.each([...new Set([...ERROR_CODES, ...WRITE_ERRORS])])('%s has a text', (code) => {
    const [group = '', name = ''] = code.split('.');
    expect(errors[group]?.[name]).toMatch(/[。！？]$/);
  });
});

describe('what the county did not simply take in', () => {
  it('has a text for every reason, and none beside', () => {
    expect(Object.keys(reasons.refused)).toEqual([...REFUSAL_REASONS, reasonText('of later')]);
    expect(Object.keys(reasons.confirm)).toEqual([...CONFIRM_REASONS]);
    for (const text of [...Object.values(reasons.refused), ...Object.values(reasons.confirm)])
      expect(text).toMatch(/。$/);
  });

  it('has a word for every kind of record, also for one of a later version', () => {
    for (const kind of [...Object.keys(KINDS), SELF_KIND, 'other'])
      expect(me.kinds[kind]).toBeTruthy();
  });
});
