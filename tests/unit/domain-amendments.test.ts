import { describe, expect, it } from 'vitest';
import { waitingLooks } from '#domain/closing.ts';
import { foldRoll } from '#domain/roll.ts';
import { county, meeting, phone } from '#tests/support/desk-phones.ts';

describe('an amendment', () => {
  it('counts at once and waits for a look by somebody else, who is never its author', () => {
    const [one, two] = [phone('secretary'), phone('committee')];
    const server = county();
    one.tap('a');
    const { id: closing } = one.close(1);
    const code = one.closing()?.code;
    server.sync(one);
    const late = one.tap('late');
    expect(foldRoll(meeting.id, one.held).get('late')?.state).toBe('present');
    const line = { subject: 'late', was: 'none', is: 'present' };
    const open = [{ record: late?.id, by: 'secretary' }];
    expect(one.closing()).toMatchObject({ record: closing, asClosed: false, reopens: null });
    expect(one.closing()?.code).not.toBe(code);
    expect(one.closing()?.amended).toEqual([{ ...line, open }]);
    expect(waitingLooks(one.closing()!)).toEqual(open);
    one.write('looked', null, { records: [late?.id] });
    expect(one.closing()?.amended).toEqual([{ ...line, open }]);
    server.sync(one, two);
    two.write('looked', null, { records: [late?.id] });
    server.sync(two, one);
    expect(one.closing()?.amended).toEqual([{ ...line, open: [] }]);
  });

  it('that was put back needs nobody, and a slip that was put right asks for one look', () => {
    const one = phone('secretary');
    one.close(0);
    county().sync(one);
    one.tap('a');
    one.tap('a', 'none');
    expect(one.closing()?.amended).toEqual([]);
    one.tap('b');
    const last = one.tap('b', 'leave');
    expect(one.closing()?.amended).toMatchObject([
      { subject: 'b', is: 'leave', open: [{ record: last?.id }] },
    ]);
  });

  it('of the number of those on paper is one too', () => {
    const one = phone('secretary');
    one.write('paper-count', null, { here: 2 });
    one.close(2);
    one.write('paper-count', null, { here: 3 });
    expect(one.closing()).toMatchObject({
      difference: 0,
      amended: [{ subject: null, was: 2, is: 3, open: [{ by: 'secretary' }] }],
    });
  });

  it('is what comes before the closing in the common order, and the phone that closed did not hold', () => {
    const [one, two] = [phone('secretary'), phone('committee')];
    const server = county();
    one.tap('seen');
    server.sync(one, two);
    const unseen = one.tap('unseen');
    server.sync(one);
    two.tap('own');
    two.close(2);
    server.sync(two, one);
    expect(one.closing()?.amended).toEqual([
      {
        ...{ subject: 'unseen', was: 'none', is: 'present' },
        open: [{ record: unseen?.id, by: 'secretary' }],
      },
    ]);
  });

  it('is a decision that lets an entry count which waited when it was closed', () => {
    const one = phone('secretary');
    const entry = { ...one.tap('a')!, n: 1, device: 'elsewhere', confirm: 'carried' };
    one.held.splice(0, 1, entry);
    one.close(0);
    expect(one.closing()?.asClosed).toBe(true);
    one.held.splice(0, 1, { ...entry, confirm: null });
    const body = { record: entry.id, hash: 'h', counts: true, activity: undefined };
    const decision = one.write('decision', null, body);
    expect(one.closing()?.amended).toEqual([
      {
        ...{ subject: 'a', was: 'none', is: 'present' },
        open: [{ record: decision.id, by: 'secretary' }],
      },
    ]);
  });

  it('is none where a line was erased since: nothing can be said of it any more', () => {
    const one = phone('secretary');
    one.tap('a');
    one.tap('b');
    one.close(2);
    one.held[0] = { ...one.held[0]!, body: null };
    expect(one.closing()).toMatchObject({ asClosed: false, amended: [] });
  });
});
