import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toHans } from '#script/to-hans.ts';
import {
  type Corrections,
  deriveHant,
  formatMessages,
  type Messages,
  placeholders,
} from '#script/derive-messages.ts';

const text = (name: string) =>
  readFileSync(new URL(`../../locales/${name}`, import.meta.url), 'utf8');
const hans = JSON.parse(text('zh-Hans.json')) as Messages;
const hant = JSON.parse(text('zh-Hant.json')) as Messages;
const corrections = JSON.parse(text('corrections/zh-Hant.json')) as Corrections;

const flat = (messages: Messages, prefix = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );

describe('locales', () => {
  it('has a fresh traditional file (`npm run locales`)', () => {
    expect(text('zh-Hant.json')).toBe(formatMessages(deriveHant(hans, corrections).messages));
  });

  it('has the same keys in the same order in both scripts', () => {
    expect(flat(hant).map(([key]) => key)).toEqual(flat(hans).map(([key]) => key));
  });

  it('reads back as the simplified text, message by message', () => {
    const back = flat(hant).map(([key, message]) => [key, toHans(message)]);
    expect(back).toEqual(flat(hans));
  });

  it('keeps every placeholder', () => {
    const of = (messages: Messages) => flat(messages).map(([key, m]) => [key, placeholders(m)]);
    expect(of(hant)).toEqual(of(hans));
  });

  it('has nothing to complain of', () => {
    expect(deriveHant(hans, corrections).complaints).toEqual([]);
  });

  it('is empty nowhere', () => {
    expect(flat(hans).filter(([, message]) => message.trim() === '')).toEqual([]);
  });
});

describe('deriveHant', () => {
  it('keeps placeholders, plural bars and links', () => {
    const message = '没有人 | {n} 位党员到会，@:app.name';
    expect(deriveHant({ a: { b: message } }, {})).toEqual({
      messages: { a: { b: '沒有人 | {n} 位黨員到會，@:app.name' } },
      complaints: [],
    });
  });

  it('takes a correction, and names one that is wrong or for nothing', () => {
    const derived = deriveHant({ a: '签 {n}' }, { a: '簽 {m}', gone: '無' });
    expect(derived.messages).toEqual({ a: '簽 {m}' });
    expect(derived.complaints).toHaveLength(3);
  });
});
