import { describe, expect, it } from 'vitest';
import { foldClosing, waitingLooks } from '#domain/closing.ts';
import { foldHall } from '#domain/hall-count.ts';
import { closingFor, differenceOf, hereOf } from '#domain/headcount.ts';
import { meeting, phone } from '#tests/support/desk-phones.ts';

describe('heads and lines', () => {
  /** `people` marked 到, of whom so many phones say so themselves. */
  function hall(people: number, proofs = 0) {
    const one = phone('secretary');
    for (let i = 0; i < people; i += 1) one.tap(`p${i}`);
    for (let i = 0; i < proofs; i += 1) {
      const body = { way: 'code', activity: meeting.id };
      one.held.push({ ...one.write('proof', `m${i}`, body), author: `m${i}` });
    }
    return one;
  }

  it('A-03 40 people on the list and 25 heads: it is closed by a person’s decision alone, and says so', () => {
    const one = hall(40);
    const counted = foldHall(meeting.id, one.held);
    expect(hereOf(counted)).toBe(40);
    expect(closingFor(meeting.id, counted, { headcount: 25, asIs: false })).toEqual({
      ...{ ok: false, error: 15 },
    });
    expect(closingFor(meeting.id, counted, { headcount: 40, asIs: false }).ok).toBe(true);
    one.close(25);
    expect(one.closing()).toMatchObject({ headcount: 25, difference: 15, lookedBy: null });
  });

  it('A-03 the hint is gone once another person of the desk has looked, or the roll was put right', () => {
    const one = hall(3);
    const { id } = one.close(2);
    one.write('looked', null, { records: [id] });
    expect(one.closing()).toMatchObject({ difference: 1, lookedBy: null });
    expect(waitingLooks(one.closing()!)).toEqual([{ record: id, by: 'secretary' }]);
    const look = { ...one.write('looked', null, { records: [id] }), author: 'committee' };
    const looked = foldClosing(meeting, [...one.held, look]);
    expect(looked).toMatchObject({ lookedBy: 'committee' });
    expect(waitingLooks(looked!)).toEqual([]);
    one.tap('p0', 'none');
    expect(one.closing()).toMatchObject({ difference: 0 });
  });

  it('A-03 whoever comes late to a roll that agreed is no difference', () => {
    const one = hall(2);
    one.close(2);
    one.tap('late');
    expect(one.closing()).toMatchObject({ difference: 0, amended: [{ subject: 'late' }] });
  });

  it('A-03 more phones that say so than heads are asked about too, an answered one no longer', () => {
    const one = hall(2, 4);
    expect(differenceOf(foldHall(meeting.id, one.held), 2)).toBe(2);
    expect(differenceOf(foldHall(meeting.id, one.held), 4)).toBe(-2);
    const proofs = one.held.filter(({ kind }) => kind === 'proof').map(({ id }) => id);
    one.write('check-in', 'm0', { state: 'none', how: 'tap', proofs: proofs.slice(0, 1) });
    one.write('check-in', 'm1', { state: 'present', how: 'tap', proofs: proofs.slice(1, 2) });
    expect(foldHall(meeting.id, one.held).proofs).toBe(3);
  });

  it('counts who is there and on paper, not who is online or away', () => {
    const one = hall(2);
    one.tap('far', 'online');
    one.tap('away', 'leave');
    one.write('paper-count', null, { here: 3 });
    expect(hereOf(foldHall(meeting.id, one.held))).toBe(5);
  });
});
