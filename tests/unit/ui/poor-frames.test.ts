import { describe, expect, it } from 'vitest';
import { createFrameReader } from '#ui/read-frame.ts';
import { times } from '#tests/support/long.ts';
import { poorSubject, type FrameSize } from '#tests/support/poor-frames.ts';

/**
 * Frames that a phone six times slower gets through in 3 s: 33 ms × 6 each and a breath of 60 ms. The
 * bench measures the time itself (`bench scan`).
 */
const FRAMES = 12;
const FIRST_SEED = 1_000;
/** The middle of a 640×480 picture; the whole costs the drawing of the rest. */
const SMALL: FrameSize = { width: 480, height: 360, view: 640 };

/**
 * What the fault table asks. The long form does not reach it: of 200 people 86 % are read, 98 of 105 with a
 * member's code and 74 of 95 with the hall's, which is larger by eight modules; twenty frames instead of
 * twelve make it 87.5 %. What is missing is mostly the largest code at 37 to 40 cm and out of focus.
 */
const LEAST = 0.95;

/** Which of `count` people's codes were read, and that nothing else ever was. */
function readShare(count: number, read: (seed: number) => boolean): number {
  const seeds = Array.from({ length: count }, (_, at) => FIRST_SEED + at);
  return seeds.filter(read).length / count;
}

/** Whether one of the frames was read; throws on a text that was not there. */
function isRead(seed: number): boolean {
  const subject = poorSubject(seed, SMALL);
  const reader = createFrameReader(Infinity);
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const { text } = reader.read(subject.next());
    if (text === subject.text) return true;
    if (text) throw new Error(`seed ${seed}: read what was not there`);
  }
  return false;
}

describe('a dim, cracked, tilted screen at reading distance', () => {
  it('A-12 is read within three seconds by nearly everybody’s camera of 640×480', () => {
    expect(readShare(times(16, 200), isRead)).toBeGreaterThanOrEqual(LEAST);
  });
});
