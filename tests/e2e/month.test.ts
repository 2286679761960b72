/**
 * A month in a branch, on five phones: joining, a family's phone, a lost phone, a move, a handover,
 * leaving. Whatever a village does without a signal is done without one.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import { openCast, type Cast } from './month/cast.ts';
import { familyPhone } from './month/family.ts';
import { handover } from './month/handover.ts';
import { leave } from './month/leave.ts';
import { lostPhone } from './month/lost-phone.ts';
import { transfer } from './month/transfer.ts';

/** What comes later stands on what was before: no id of a fault stands here, for those are run alone. */
describe('a month in a branch', () => {
  let cast: Cast;
  const given = () => cast;

  beforeAll(async () => {
    cast = await openCast();
  });
  afterAll(() => cast.close());

  describe('a family’s phone', () => {
    familyPhone(given);
  });
  describe('a lost phone', () => {
    lostPhone(given);
  });
  describe('from one branch to another', () => {
    transfer(given);
  });
  describe('a handover', () => {
    handover(given);
  });
  describe('leaving', () => {
    leave(given);
  });
});
