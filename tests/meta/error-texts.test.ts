import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WRITE_ERRORS } from '#data/ledger/ledger.ts';
import { ERROR_CODES } from '#protocol/errors.ts';

const { errors } = JSON.parse(
  readFileSync(new URL('../../locales/zh-Hans.json', import.meta.url), 'utf8'),
) as { errors: Record<string, Record<string, string>> };

describe('every error code', () => {
  it.each([...new Set([...ERROR_CODES, ...WRITE_ERRORS])])('%s has a text', (code) => {
    const [group = '', name = ''] = code.split('.');
    expect(errors[group]?.[name]).toMatch(/[。！？]$/);
  });
});
