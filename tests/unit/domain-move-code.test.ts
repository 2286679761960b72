import { describe, expect, it } from 'vitest';
import { moveCodeText, moveLookup, newMoveCode, readMoveCode } from '#domain/move-code.ts';

const CODE = '01A2B3C4D5E6F7G8';

describe('a 搬 code', () => {
  it('is 16 characters in fours, another each time', () => {
    const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
    const [one, two] = [newMoveCode(random), newMoveCode(random)];
    expect(one).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(one).not.toBe(two);
    expect(moveCodeText(CODE)).toBe('01A2 B3C4 D5E6 F7G8');
  });

  it.each([
    ['as it is shown', moveCodeText(CODE)],
    ['in small letters, with dashes and lines', '01a2-b3c4\n d5e6—f7g8 '],
    ['with the letters that are taken for digits', 'oLa2 b3c4 d5e6 f7g8'],
    ['full-width', '０１Ａ２Ｂ３Ｃ４Ｄ５Ｅ６Ｆ７Ｇ８'],
    ['out of a chat, with marks that nobody sees', '\u200e01A2\u200bB3C4 D5E6\u2060F7G8\u200f'],
    ['in the address that a camera reads', `https://county.example/join/move#${CODE}`],
  ])('is read %s', (_, text) => {
    expect(readMoveCode(text)).toEqual({ ok: true, value: CODE });
  });

  it('says when it is not all there, and when it is none', () => {
    expect(readMoveCode('01A2 B3C4')).toEqual({ ok: false, error: 'short' });
    expect(readMoveCode('')).toEqual({ ok: false, error: 'short' });
    expect(readMoveCode(`${CODE}9`)).toEqual({ ok: false, error: 'wrong' });
    expect(readMoveCode('U'.repeat(16))).toEqual({ ok: false, error: 'wrong' });
  });

  it('is found by a hash of its own that does not show it', () => {
    expect(moveLookup(CODE)).toMatch(/^[\w-]{43}$/);
    expect(moveLookup(CODE)).not.toBe(moveLookup('01A2B3C4D5E6F7G9'));
  });
});
