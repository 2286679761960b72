import { describe, expect, it } from 'vitest';
import { foldArrived, foldLeaving, offerLink, openCode, readOffer } from '#domain/transfers.ts';

const ME = '0190c3c4-0000-7000-8000-000000000001';
const CODE = 'ABCDEFGHJKMNPQRS';
const DAY = '2026-11-23';

const said = (n: number, body: object, more: object = {}) => ({
  ...{ id: `r${n}`, kind: 'transfer', subject: ME, author: 's', seq: n, n, at: 0, day: DAY },
  ...{ body: body as unknown, ...more },
});
const out = { way: 'out', day: DAY, code: CODE, to: '临江村党支部' };

describe('whoever leaves a branch', () => {
  it('is on the way until they are taken back, whatever arrives first', () => {
    const stay = { way: 'stay', code: CODE };
    expect(foldLeaving(ME, [said(1, out)])).toMatchObject({ code: CODE, day: DAY });
    expect(foldLeaving(ME, [said(2, stay), said(1, out)])).toBeNull();
    expect(foldLeaving(ME, [said(3, out), said(2, stay)])).toMatchObject({ code: CODE });
    expect(
      foldLeaving(ME, [said(1, out), said(2, { way: 'in', day: DAY, code: CODE })]),
    ).toBeNull();
  });

  it('is not taken back by a word that came after another branch had used the code', () => {
    const taken = said(2, { day: DAY, code: CODE }, { kind: 'taken-over' });
    const stay = said(3, { way: 'stay', code: CODE });
    const back = said(4, { way: 'in', day: DAY, code: 'SRQPNMKJHGFEDCBA' });
    const there = new Map([[ME, { day: DAY, to: '临江村党支部' }]]);
    expect(foldArrived([said(1, out), taken, stay])).toEqual(there);
    expect(foldArrived([stay, taken, said(1, out)])).toEqual(there);
    expect(foldArrived([said(1, out), taken, stay, back])).toEqual(new Map());
  });

  it('is not on the way by a record of somebody else, one that waits, or one that was erased', () => {
    expect(foldLeaving('other', [said(1, out)])).toBeNull();
    expect(foldLeaving(ME, [said(1, out, { confirm: 'after-role' })])).toBeNull();
    expect(foldLeaving(ME, [said(1, out, { body: null })])).toBeNull();
  });
});

describe('the code on one’s own phone', () => {
  const OTHER = 'SRQPNMKJHGFEDCBA';
  it('is that of the branch left last, whatever the numbers of the branches before', () => {
    const first = said(500, out, { scope: 'a' });
    const came = said(7, { way: 'in', day: DAY, code: CODE }, { scope: 'b' });
    const second = said(40, { ...out, code: OTHER }, { scope: 'b' });
    const rows = (...all: object[]) => all as Parameters<typeof openCode>[1];
    expect(openCode(ME, rows(first))).toBe(CODE);
    expect(openCode(ME, rows(first, came))).toBeNull();
    expect(openCode(ME, rows(first, came, second))).toBe(OTHER);
  });
});

describe('what the code says', () => {
  const offer = {
    person: ME,
    code: CODE,
    names: { hans: '阿依古丽·买买提江', hant: '阿依古麗·買買提江' },
  };

  it('is read back from the whole link, with spaces round it, or from its fragment', () => {
    const link = offerLink('https://county.example', offer);
    expect(link).toMatch(/^https:\/\/county\.example\/desk\/accept#[\w-]+$/);
    expect(readOffer(` ${link}\n`)).toEqual(offer);
    expect(readOffer(link.split('#')[1] ?? '')).toEqual(offer);
  });

  it('is nothing where it is another text', () => {
    const other = offerLink('https://x', { ...offer, code: 'short' });
    for (const text of ['', '#', 'https://county.example/join#aaaa', '你好', 'bnVsbA', other])
      expect(readOffer(text)).toBeNull();
  });
});
