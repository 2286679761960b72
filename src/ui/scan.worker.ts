/**
 * Reads camera frames beside the page, so that the picture and the buttons never wait for it.
 * In: an ImageData. Out: what was seen in it (read-frame.ts); one answer a frame, in order.
 */
import { createFrameReader } from './read-frame.ts';

const reader = createFrameReader();

addEventListener('message', ({ data }: MessageEvent<ImageData>) => postMessage(reader.read(data)));
