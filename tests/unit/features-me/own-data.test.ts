import { describe, expect, it } from 'vitest';
import type { LedgerRecord } from '#data/ledger/ledger.ts';
import { readableFile } from '#features/me/data-page.ts';
import * as rowsOf from '#features/me/data-rows.ts';
import { dataFile, ownData } from '#features/me/own-data.ts';
import { correctionOf } from '#features/me/request-form.ts';
import { REQUEST_TEXT_MAX } from '#domain/bodies/requests.ts';

const ID = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** A secretary, whose phone holds everybody. */
const [me, neighbour, committee, branch, lecture, other] = [1, 2, 3, 4, 5, 6].map(ID) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
let seq = 0;
const row = (kind: string, subject: string | null, body: unknown, more: object = {}) => {
  seq += 1;
  const header = { id: ID(100 + seq), kind, scope: branch, subject, author: committee, seq };
  const place = { device: ID(8), n: seq, day: '2026-11-23', at: seq, hash: `hash-${seq}` };
  const state = { state: 'received', reason: null, confirm: null, body };
  return { ...header, ...place, ...state, ...more } as LedgerRecord;
};
const mine = { author: me, device: ID(7), state: 'sent' };
const study = { day: '2026-11-22', minutes: 30, how: 'app', note: '读第三章' };
const rows: LedgerRecord[] = [
  row('member', me, { names: { hans: '黄国强', hant: '黃國強' }, group: '一组', card: 'CARD' }),
  row('standing', me, { of: 'state', is: 'migrant', from: '2026-03-01' }),
  row('standing', me, { of: 'contact', is: neighbour, from: '2026-03-01' }),
  row('role', me, { role: 'secretary', names: { hans: '黄国强' }, from: '2025-01-01' }),
  row('consent', me, { notice: 1 }, mine),
  row('invitation', me, { hash: 'what-it-is-found-by', role: 'member', expires: 1 }),
  row('check-in', me, { activity: lecture, state: 'present', how: 'tap' }),
  row('request', me, { of: 'correction', text: '我在二组' }, mine),
  row('erased', me, null),
  row('study', null, study, { ...mine, scope: `person:${me}`, n: null, state: 'saved' }),
  row('older-key', null, { key: 'A'.repeat(43) }, { ...mine, scope: `person:${me}` }),
  row('activity', null, { type: 'lecture', title: '党课', starts: 1 }, { ...mine, id: lecture }),
  row('activity', null, { type: 'lecture', title: '别的课', starts: 1 }, { ...mine, id: other }),
  row('member', neighbour, { names: { hans: '林秀英' }, card: 'HERS' }, mine),
  row('check-in', neighbour, { activity: other, state: 'leave', how: 'tap' }, mine),
  row('study', null, study, { scope: `person:${neighbour}`, author: neighbour }),
  row('about', null, { names: { hans: '石桥村党支部' } }),
];
const owner = {
  ...{ person: me, device: ID(7), names: { hans: '黄国强' }, place: { hans: '石桥村党支部' } },
  county: { id: ID(9), names: { hans: '演示县' }, demo: true },
  ...{ grants: [{ scope: branch, role: 'secretary' as const }], joinedAt: 1_795_000_000_000 },
};

/** Every text and number in it, however deep. */
function valuesIn(value: unknown): unknown[] {
  if (value === null || typeof value !== 'object') return [value];
  return Object.values(value).flatMap(valuesIn);
}

describe('the file of the own data', () => {
  const data = ownData(me, rows);
  const file = JSON.parse(dataFile(owner, data, '2026-11-26')) as {
    records: { header: Record<string, unknown>; body: unknown }[];
    activities: { body: unknown }[];
  };

  it('X-21 holds everything about its person, header and body, the own study as it reads', () => {
    const kinds = file.records.map(({ header }) => header['kind']);
    const about = rows.filter(({ subject }) => subject === me).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual([...about, 'study'].toSorted());
    expect(file.records.map(({ body }) => body)).toContainEqual(study);
    expect(file.records.map(({ body }) => body)).toContainEqual({
      of: 'correction',
      text: '我在二组',
    });
    const header = { scope: branch, subject: me, seq: 1, day: '2026-11-23', at: 1, n: 1 };
    expect(file.records[0]?.header).toEqual({
      id: ID(101),
      kind: 'member',
      ...header,
      by: 'branch',
    });
    expect(file).toMatchObject({
      ...{ format: 'rixue-my-data', version: 1, made: '2026-11-26' },
      person: { id: me, names: owner.names, roles: owner.grants },
      activities: [{ body: { title: '党课' } }],
    });
  });

  it('X-21 holds nothing of anybody else, also on the phone of whoever keeps the roster', () => {
    const values = valuesIn(file).map(String);
    for (const theirs of [neighbour, committee, ID(8), other, '林秀英', 'HERS', '别的课'])
      expect(values.filter((value) => value.includes(theirs))).toEqual([]);
    expect(values).not.toContain('what-it-is-found-by');
    // What was written about others is counted, so that nobody thinks it was forgotten.
    expect(file).toMatchObject({ office: { activity: 2, member: 1, 'check-in': 1 } });
  });

  it('tells of a record of a later version that there is one, and not what nobody here can read', () => {
    const unknown = ownData(me, [row('of a later version', me, { who: neighbour })]);
    const read = JSON.parse(dataFile(owner, unknown, '2026-11-26')) as typeof file;
    expect(read.records).toMatchObject([{ header: { kind: 'of a later version' }, body: null }]);
  });
});

describe('the own data in words', () => {
  const echo: rowsOf.Said = {
    t: (key, values = {}) => [key, ...Object.values(values)].join(' '),
    ...{ te: () => true, nameOf: ({ hans = '' }) => hans, groupOf: (group = '') => group },
    ...{ titleOf: (title) => title, dayOf: (day) => day },
  };
  const data = ownData(me, rows);

  it('X-21 tells name, branch, terms, lines of rolls, consent and requests, and no other name', () => {
    const places = new Map([[branch, { hans: '石桥村党支部' }]]);
    const told = [
      ...rowsOf.whoRows(echo, owner, { rows: data.records, places }),
      ...rowsOf.termRows(echo, data.records),
      ...rowsOf.attendanceRows(echo, me, data),
      ...rowsOf.studyRows(echo, data.records),
      ...rowsOf.consentRows(echo, data.records),
      ...rowsOf.requestRows(echo, data.records),
    ];
    expect(told.map(({ title }) => title)).toEqual([
      ...['黄国强', '黃國強', '石桥村党支部', '一组'],
      ...['desk.state.migrant', 'me.data.contact', 'desk.role.secretary'],
      ...['党课', 'me.minutes 30', 'me.agreed', 'me.data.asked.correction'],
    ]);
    expect(JSON.stringify(told)).not.toContain(neighbour);
  });

  it('a request is 还没办 once it is at the county, and before that no more than saved', () => {
    const state = (...records: LedgerRecord[]) =>
      rowsOf.requestRows(echo, records)[0]?.state?.words;
    const asked = row('request', me, { of: 'erasure' }, { ...mine, state: 'saved' });
    expect(state(asked)).toBe('common.state.saved');
    expect(state({ ...asked, state: 'sent' })).toBe('me.data.not-done');
    expect(state(asked, row('answer', me, { request: asked.id, done: true }))).toBe('me.data.done');
  });

  it('X-21 becomes a page that stands alone, whatever somebody typed into it', () => {
    const rows = [{ key: 'a', title: '<script>alert(1)</script>', note: '"&"' }];
    const page = { language: 'zh-Hans', title: '关于我的记录', made: '2026年11月26日' };
    const html = readableFile({ ...page, groups: [{ key: 'g', title: '到会', rows }] });
    expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    expect(html).toContain('<html lang="zh-Hans">');
    expect(html).not.toMatch(/<script|src=|href=|http/);
  });
});

describe('what a person types into a request', () => {
  it('becomes one line, and is never cut', () => {
    const form = { text: ' 我在二组，\n不在一组 ', record: '' };
    expect(correctionOf(form)).toEqual({
      ok: true,
      value: { of: 'correction', text: '我在二组， 不在一组' },
    });
    expect(correctionOf({ text: '错了', record: ID(1) })).toMatchObject({
      value: { records: [ID(1)] },
    });
    expect(correctionOf({ text: ' \n', record: '' })).toEqual({ ok: false, error: 'text' });
    const long = '长'.repeat(REQUEST_TEXT_MAX + 1);
    expect(correctionOf({ text: long, record: '' })).toEqual({ ok: false, error: 'text-long' });
  });
});
