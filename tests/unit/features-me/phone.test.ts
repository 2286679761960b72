import { describe, expect, it } from 'vitest';
import { clockError, readPhoneState } from '#features/me/phone-state.ts';
import { qrParts } from '#features/me/qr-parts.ts';

describe('a text as codes', () => {
  it('is one code, just as it is, where it is short', () => {
    expect(qrParts('日学')).toEqual(['日学']);
  });

  it('comes together again from its numbered parts, no character cut', () => {
    const text = '记录𠮷a'.repeat(200);
    const parts = qrParts(text);
    expect(parts.length).toBeGreaterThan(1);
    const heads = parts.map((part) => part.slice(0, part.indexOf('\n')));
    expect(heads).toEqual(parts.map((_, i) => `${i + 1}/${parts.length}`));
    expect(parts.map((part) => part.slice(part.indexOf('\n') + 1)).join('')).toBe(text);
    expect(Math.max(...parts.map((part) => Buffer.byteLength(part)))).toBeLessThan(620);
  });
});

describe('what the browser says of its storage', () => {
  it('is told as it is', async () => {
    const state = await readPhoneState({
      persisted: async () => false,
      estimate: async () => ({ usage: 3_200_000, quota: 2_000_000_000 }),
    });
    expect(state).toEqual({ persisted: 'no', room: { used: 3, free: 1904 } });
  });

  it('is unknown where it says nothing or fails', async () => {
    expect(await readPhoneState({})).toEqual({ persisted: 'unknown', room: null });
    const refused = () => Promise.reject(new Error('refused'));
    const state = await readPhoneState({ persisted: refused, estimate: refused });
    expect(state).toEqual({ persisted: 'unknown', room: null });
  });
});

describe('a clock that is off', () => {
  it('is told in the unit that says most', () => {
    expect(clockError(29_000)).toBeNull();
    expect(clockError(-180_000)).toEqual({ side: 'fast', unit: 'minutes', n: 3 });
    expect(clockError(3 * 3_600_000)).toEqual({ side: 'slow', unit: 'hours', n: 3 });
    expect(clockError(-10 * 365 * 86_400_000)).toEqual({ side: 'fast', unit: 'days', n: 3650 });
  });
});
