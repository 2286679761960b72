/**
 * Decodes camera frames beside the page, so that the picture and the buttons never wait for it.
 * In: an ImageData. Out: the text of the code in it, or null; one answer a frame, in order.
 */
import { decodeQR } from 'qr/decode.js';

/** Milliseconds for a frame's second attempts; a village phone is some six times slower than a desk. */
const EFFORT_MS = 60;

addEventListener('message', ({ data }: MessageEvent<ImageData>) => postMessage(read(data)));

function read(frame: ImageData): string | null {
  try {
    return decodeQR(frame, { timeLimit: EFFORT_MS });
  } catch {
    // The decoder's way to say that there is no code in this frame.
    return null;
  }
}
