/** Finds the QR code in a picture and says how light it is. Runs in the worker; knows no browser. */
import { decodeQR } from 'qr/decode.js';
import { enlarged, lumaOf, sharpened, smoothed, type Frame, type Luma } from './luma.ts';

/** `text`: what the code says, null where none was read. `light`: mean luminance, 0 to 255. */
export interface Seen {
  text: string | null;
  light: number;
}

/** Milliseconds for a frame's second attempts; a village phone is some six times slower than a desk. */
const EFFORT_MS = 60;
/** Every 37th pixel is enough for a mean, and runs along no column. */
const LIGHT_STEP = 37 * 4;

/**
 * What is tried, one a frame in turns, so that each frame stays cheap and successive ones of a
 * hand-held phone are looked at in several ways. A code at 40 cm has 1.8 to 2.3 px a module in a 640×480
 * picture, and the decoder asks one pixel a module: between sharpened, enlarged pixels it finds far
 * more than in the frame as it is. Of 288 poor frames (tests/support/poor-frames.ts) as it is 77 were read,
 * twice as large 150, sharpened and twice as large 182, three times 190. What lost: stretching the
 * contrast (123; it lifts the grain of even areas over the decoder's own gate against it, and costs
 * four times), smoothing at the camera's size (86), a sharpening of more than 1 (175), a higher
 * `effort` of the decoder (none more). The whole frame is among them for near codes and those at the edge.
 */
const LOOKS: readonly ((frame: Frame) => Luma)[] = [
  (frame) => enlarged(sharpened(middleOf(frame, 480, 360), 1), 2),
  // Far and out of focus: sharpened over more than a pixel.
  (frame) => smoothed(sharpened(enlarged(middleOf(frame, 320, 240), 3), 3, 4)),
  (frame) => lumaOf(frame),
  (frame) => enlarged(sharpened(sharpened(middleOf(frame, 320, 240), 1), 1, 2), 3),
];

/**
 * Reads pictures one after another, each frame of a camera in another of the ways. `effortMs` is given
 * by tests, so that a busy machine reads what an idle one does.
 */
export function createFrameReader(effortMs = EFFORT_MS): { read(frame: Frame): Seen } {
  let turn = 0;
  return {
    read: (frame) => {
      const look = LOOKS[turn % LOOKS.length]!;
      turn += 1;
      return { text: decode(look(frame), effortMs), light: lightOf(frame) };
    },
  };
}

/** The code of a still picture, by all the ways. */
export function readStill(frame: Frame): Seen {
  for (const look of [...LOOKS].reverse()) {
    const text = decode(look(frame));
    if (text) return { text, light: lightOf(frame) };
  }
  return { text: null, light: lightOf(frame) };
}

/** The decoder alone on the frame as it is: what the ways above are measured against. */
export function readPlainly(frame: Frame): string | null {
  return decode(lumaOf(frame));
}

/** Long side along the frame's own. */
function middleOf(frame: Frame, long: number, short: number): Luma {
  return frame.width < frame.height ? lumaOf(frame, short, long) : lumaOf(frame, long, short);
}

function decode({ width, height, data }: Luma, timeLimit = EFFORT_MS): string | null {
  try {
    return decodeQR({ width, height, data }, { format: 'I420', timeLimit });
  } catch {
    // The decoder's way to say that there is no code in this frame.
    return null;
  }
}

function lightOf({ data }: Frame): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at + 2 < data.length; at += LIGHT_STEP) {
    sum += (data[at]! + 2 * data[at + 1]! + data[at + 2]!) / 4;
    count += 1;
  }
  return count > 0 ? sum / count : 0;
}
