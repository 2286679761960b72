import { describe, expect, it } from 'vitest';
import type { FormBody } from '#domain/bodies/closing.ts';
import { formBody } from '#domain/bodies/closing.ts';
import { foldForms, readForm } from '#domain/forms.ts';
import * as v from 'valibot';

const meanings = (text: string) => readForm(text).map(({ is }) => is);

describe('a township’s header row', () => {
  it('is read between tabs, commas or spaces, and means the same', () => {
    const columns = ['number', 'name', 'group', 'signature', 'blank'];
    expect(meanings('序号\t姓名\t组别\t签名\t备注')).toEqual(columns);
    expect(meanings('序号,姓名,小组,签名,备注')).toEqual(columns);
    expect(meanings('序号，姓名，党小组，签字，备注')).toEqual(columns);
    expect(meanings('  序号　姓名 组别  签到 备注 ')).toEqual(columns);
    expect(meanings('序號 姓名 組別 簽名 備註')).toEqual(columns);
  });

  it.each([
    ['签到情况', 'state'],
    ['是否到会', 'state'],
    ['考勤', 'state'],
    ['党员类别', 'membership'],
    ['党员姓名', 'name'],
    ['黨員編號', 'id'],
    ['编号', 'number'],
    ['本人签名', 'signature'],
    ['会议名称', 'activity'],
    ['活动时间', 'day'],
    ['会议地点', 'place'],
    ['学习心得', 'blank'],
  ])('takes %s for a column of %s', (header, is) => {
    expect(readForm(`${header}\t备注`)[0]).toEqual({ header, is });
  });

  it('keeps what is typed as a header, and only as much as a form takes', () => {
    expect(readForm('"姓 名"\t\t电话\r\n黄云\t1\t2')).toEqual([
      { header: '姓 名', is: 'name' },
      { header: '电话', is: 'blank' },
    ]);
    const many = readForm(
      Array.from({ length: 60 }, (_, n) => `列${n}${'长'.repeat(40)}`).join('\t'),
    );
    expect(v.is(formBody, { name: '多', columns: many })).toBe(true);
    expect(readForm(' \n\t\n')).toEqual([]);
  });
});

describe('a header with rare characters', () => {
  it('is cut between two of them, and the form can be saved', () => {
    const columns = readForm(`姓名\t${'长'.repeat(29)}𠮷名`);
    expect(columns[1]?.header).toBe('长'.repeat(29));
    expect(v.is(formBody, { name: '镇里的', columns })).toBe(true);
  });
});

describe('the forms of a branch', () => {
  const saved = (id: string, n: number, body: FormBody) => ({
    ...{ id, kind: 'form', subject: null, author: 'a', seq: n, n, at: n, day: '2026-03-20' },
    body,
  });
  const columns: FormBody['columns'] = [{ header: '姓名', is: 'name' }];

  it('do not change by one that waits for a person', () => {
    const first = saved('r1', 1, { name: '镇里的', columns });
    const waiting = { ...saved('r2', 2, { name: '镇里的', columns, gone: true }) };
    expect(foldForms([first, { ...waiting, confirm: 'after-role' }])).toHaveLength(1);
  });

  it('are the last of each name, without those that were taken off', () => {
    const better: FormBody['columns'] = [{ header: '姓名', is: 'blank' }];
    const forms = foldForms([
      saved('r1', 1, { name: '镇里的', columns }),
      saved('r2', 2, { name: '县里的', columns }),
      saved('r3', 3, { name: '镇里的', columns: better }),
      saved('r4', 4, { name: '县里的', columns, gone: true }),
    ]);
    expect(forms).toEqual([{ id: 'r1', name: '镇里的', columns: better }]);
  });
});
