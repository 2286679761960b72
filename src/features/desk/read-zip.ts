import { Unzip, UnzipInflate } from 'fflate';
import { concatBytes } from '@noble/hashes/utils.js';
import { fail, ok, type Result } from '#lib/result.ts';

/** A workbook of a county is far below it; a file made to burst is met before it does. */
export const INFLATED_MAX = 16 * 2 ** 20;
/** A workbook has some dozen. */
export const ENTRIES_MAX = 1_000;
/** So much at once: deflate makes at most a thousand times as much of it. */
const SLICE = 4_096;

class TooMuch extends Error {}

/**
 * The wanted entries of a zip as text, by name. Nothing else is inflated, no name becomes a path.
 * Stops as soon as a limit is passed.
 */
export function readZip(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): Result<Map<string, string>, 'too-big' | 'unreadable'> {
  const parts = new Map<string, Uint8Array[]>();
  const limits = { inflated: 0, entries: 0 };
  try {
    const unzip = new Unzip((file) => {
      if ((limits.entries += 1) > ENTRIES_MAX) throw new TooMuch();
      if (!wanted(file.name)) return;
      const pieces: Uint8Array[] = [];
      parts.set(file.name, pieces);
      file.ondata = (error, piece) => {
        if (error) throw error;
        if ((limits.inflated += piece.length) > INFLATED_MAX) throw new TooMuch();
        pieces.push(piece);
      };
      file.start();
    });
    unzip.register(UnzipInflate);
    for (let at = 0; at < bytes.length; at += SLICE)
      unzip.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
  } catch (error) {
    return fail(error instanceof TooMuch ? 'too-big' : 'unreadable');
  }
  const decoder = new TextDecoder();
  return ok(
    new Map([...parts].map(([name, pieces]) => [name, decoder.decode(concatBytes(...pieces))])),
  );
}
