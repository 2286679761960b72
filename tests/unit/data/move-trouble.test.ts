import { describe, expect, it } from 'vitest';
import { moveTroubleOf } from '#data/move-trouble.ts';
import { WRITE_ERRORS } from '#data/ledger/ledger.ts';
import { ERROR_CODES } from '#protocol/errors.ts';
import { words } from '#tests/support/words.ts';

describe('what a 搬 code can come to', () => {
  it.each([...ERROR_CODES, ...WRITE_ERRORS, 'move.own', 'move.unsent'] as const)(
    '%s has one plain sentence and a way on',
    (code) => {
      const trouble = moveTroubleOf(code);
      expect(words(`move.trouble.${trouble}`)).toBeTruthy();
      expect(words(`move.way-on.${trouble}`)).toBeTruthy();
    },
  );

  it('tells what only waits for a signal from what is over', () => {
    expect(moveTroubleOf('network.timeout')).toBe('offline');
    expect(moveTroubleOf('network.portal')).toBe('portal');
    expect(moveTroubleOf('request.not-found')).toBe('server');
    expect(moveTroubleOf('move.over')).toBe('over');
  });
});
