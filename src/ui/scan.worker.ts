/**
 * Reads pictures beside the page, so that the camera's view and the buttons never wait for it.
 * In: an ImageData, and whether it is a still photo. Out: what was seen in it (read-frame.ts); one
 * answer a picture, in order.
 */
import { createFrameReader, readStill } from './read-frame.ts';

const reader = createFrameReader();

addEventListener('message', ({ data }: MessageEvent<{ frame: ImageData; still: boolean }>) =>
  postMessage(data.still ? readStill(data.frame) : reader.read(data.frame)),
);
