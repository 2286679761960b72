/** Finds the QR code in a picture and says how light it is. Runs in the worker; knows no browser. */
import { decodeQR } from 'qr/decode.js';

/** RGBA, row by row, as a canvas gives it. */
export interface Frame {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** `text`: what the code says, null where none was read. `light`: mean luminance, 0 to 255. */
export interface Seen {
  text: string | null;
  light: number;
}

/** Milliseconds for a frame's second attempts; a village phone is some six times slower than a desk. */
const EFFORT_MS = 60;
/** Every 37th pixel is enough for a mean, and runs along no column. */
const LIGHT_STEP = 37 * 4;

/** Reads one picture after another. */
export function createFrameReader(): { read(frame: Frame): Seen } {
  return { read: (frame) => ({ text: decode(frame), light: lightOf(frame) }) };
}

function decode(frame: Frame): string | null {
  try {
    return decodeQR(frame, { timeLimit: EFFORT_MS });
  } catch {
    // The decoder's way to say that there is no code in this frame.
    return null;
  }
}

function lightOf({ data }: Frame): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at + 2 < data.length; at += LIGHT_STEP) {
    sum += ((data[at] ?? 0) + 2 * (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 4;
    count += 1;
  }
  return count > 0 ? sum / count : 0;
}
