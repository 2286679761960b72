import { expect, it } from 'vitest';
import { digitsOf } from '#ui/digits.ts';

it('takes digits as a Chinese keyboard gives them', () => {
  expect(digitsOf('４８２ ９１６', 6)).toBe('482916');
});

it('keeps the first digits and drops everything else', () => {
  expect(digitsOf('a4-8，2 9167', 6)).toBe('482916');
  expect(digitsOf('', 6)).toBe('');
});
