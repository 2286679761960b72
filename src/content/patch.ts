/**
 * Repairs to derived simplified text, exact by code points: position, what stands there, what shall
 * stand there. A repair that does not find what it expects is refused, so a later converter can
 * never shift one silently onto other words.
 */
import type { Repair } from './document.ts';

/** The text with its repairs; undefined when one of them does not fit. `index` is its number. */
export function repairText(
  text: string,
  index: number,
  patch: readonly Repair[],
): string | undefined {
  const own = patch.filter((repair) => repair.text === index);
  if (own.length === 0) return text;
  const points = [...text];
  // From the end on, so that a repair that changes the length moves none before it.
  for (const { at, was, now } of own.sort((a, b) => b.at - a.at)) {
    const length = [...was].length;
    if (points.slice(at, at + length).join('') !== was) return undefined;
    points.splice(at, length, now);
  }
  return points.join('');
}

/** The repair that turns `from` into `to`, the smallest single one; undefined where they are equal. */
export function findRepair(from: string, to: string, index: number): Repair | undefined {
  if (from === to) return undefined;
  const a = [...from];
  const b = [...to];
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  const was = a.slice(head, a.length - tail).join('');
  const now = b.slice(head, b.length - tail).join('');
  return { text: index, at: head, was, now };
}
