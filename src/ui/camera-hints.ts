import type { Seen } from './read-frame.ts';

/** dark: too little light. closer: in light enough, yet nothing was read for a while. */
export type CameraHint = 'dark' | 'closer';

/** Mean luminance below which a camera's picture is mostly noise. */
const DARK_LIGHT = 40;
/** A camera that has just opened is dark until it has set itself to the light. */
export const DARK_AFTER_MS = 1_500;
/** A person needs some two seconds to bring the code before the camera. */
export const CLOSER_AFTER_MS = 4_000;

/** What would help whoever holds the phone, told from what was seen so far. */
export function createCameraHints(now: () => number): (seen: Seen) => CameraHint | null {
  let readAt = now();
  let lightAt = now();
  return ({ text, light }) => {
    if (text) readAt = now();
    if (text || light >= DARK_LIGHT) lightAt = now();
    if (now() - lightAt >= DARK_AFTER_MS) return 'dark';
    return now() - readAt >= CLOSER_AFTER_MS ? 'closer' : null;
  };
}
