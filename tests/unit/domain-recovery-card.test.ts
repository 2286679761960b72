import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardText, readCard } from '#domain/recovery-card.ts';

const PERSON = '019ca945-0a00-731b-bd52-b55e8de4dd9a';
const OTHER = '019ca945-0a00-7ce0-9f4b-55e31b77ef5e';
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('the recovery card', () => {
  it('is fourteen groups of four that read back as the key, however they were typed', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const text = cardText(PERSON, key);
        expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){13}[0-9A-HJKMNP-TV-Z]{4}$/);
        const typed = text
          .toLowerCase()
          .replaceAll(' ', '－')
          .replaceAll('0', 'o')
          .replaceAll('1', 'l');
        for (const each of [text, typed, ` ${text}\n`, text.replaceAll(' ', '　')])
          expect(readCard(each, PERSON)).toEqual({ ok: true, value: Uint8Array.from(key) });
      }),
    );
  });

  it('notices a slip of the pen, a missing end, and another person’s card', () => {
    fc.assert(
      fc.property(keys, fc.nat(54), (key, at) => {
        const text = cardText(PERSON, key).replaceAll(' ', '');
        const slip = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
        expect(readCard(slip, PERSON)).toEqual({ ok: false, error: 'wrong' });
        expect(readCard(text, OTHER)).toEqual({ ok: false, error: 'wrong' });
        expect(readCard(text.slice(0, -1), PERSON)).toEqual({ ok: false, error: 'short' });
        expect(readCard(`${text}0`, PERSON)).toEqual({ ok: false, error: 'wrong' });
        expect(readCard('', PERSON)).toEqual({ ok: false, error: 'short' });
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
