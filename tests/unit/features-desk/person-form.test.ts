import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { memberBody, standingBody } from '#domain/bodies/people.ts';
import { NO_STANDING } from '#domain/standing.ts';
import { memberOf } from '#features/desk/person-form.ts';
import { changesOf, standingFormOf } from '#features/desk/standing-form.ts';

const CARD = '0123456789ABCDEF';
const form = { hans: '', hant: '', group: '', byName: '' };

describe('the form of a name', () => {
  it('keeps each script as it was typed, and never makes one of the other', () => {
    const body = memberOf({ ...form, hans: '覃秀珍', group: ' 一组 ' }, CARD);
    expect(body).toEqual({
      ok: true,
      value: { names: { hans: '覃秀珍' }, card: CARD, group: '一组' },
    });
    expect(memberOf({ ...form, hant: '覃秀珍' }, CARD)).toMatchObject({
      value: { names: { hant: '覃秀珍' } },
    });
  });

  it.each([
    ['阿卜杜热合曼·买买提', '阿卜杜热合曼·买买提'],
    ['𠮷野𬱖', '𠮷野𬱖'],
    ['　王　芳\u200b', '王芳'],
    ['王\u200d芳\ufe0f', '王芳'],
  ])('takes %s', (typed, kept) => {
    const body = memberOf({ ...form, hans: typed }, CARD);
    expect(body).toMatchObject({ ok: true, value: { names: { hans: kept } } });
    if (body.ok) expect(v.safeParse(memberBody, body.value).success).toBe(true);
  });

  it.each([
    [{ ...form, hans: '　' }, 'name'],
    [{ ...form, hans: '长'.repeat(41) }, 'name-long'],
    [{ ...form, hans: '黄', hant: '長'.repeat(41) }, 'name-long'],
    [{ ...form, hans: '黄', group: '组'.repeat(21) }, 'group-long'],
    [{ ...form, hans: '黄', byName: '强'.repeat(11) }, 'by-name-long'],
  ])('wants another look at %o: %s', (typed, error) => {
    expect(memberOf(typed, CARD)).toEqual({ ok: false, error });
  });
});

describe('the form of a standing', () => {
  const now = standingFormOf(NO_STANDING, '2026-03-05');

  it('writes nothing where nothing changed, and one record for each thing that did', () => {
    expect(changesOf(now, NO_STANDING)).toEqual({ ok: true, value: [] });
    const contact = '00000000-0000-7000-8000-000000000001';
    const changes = changesOf(
      { ...now, membership: 'full', state: 'migrant', contact, from: '2026-02-01' },
      NO_STANDING,
    );
    expect(changes).toMatchObject({
      value: [
        { of: 'membership', is: 'full', from: '2026-02-01' },
        { of: 'state', is: 'migrant' },
        { of: 'contact', is: contact },
      ],
    });
    if (changes.ok)
      for (const body of changes.value) expect(v.safeParse(standingBody, body).success).toBe(true);
  });

  it('asks who keeps contact with a migrant, and for a day', () => {
    expect(changesOf({ ...now, state: 'migrant' }, NO_STANDING)).toEqual({
      ...{ ok: false, error: 'contact' },
    });
    expect(changesOf({ ...now, from: '' }, NO_STANDING)).toEqual({ ok: false, error: 'day' });
  });
});
