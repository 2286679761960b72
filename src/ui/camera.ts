import { fail, ok, type Result } from '#lib/result.ts';

/** A camera that gives nothing for this long is taken as hanging: the person goes on by name. */
export const CAMERA_WAIT_MS = 5_000;

/** Wide enough for a code at arm's length, small enough for 2 GB of memory. */
const WIDTH = { ideal: 1280 };

/** insecure: plain http, where browsers give no camera. */
export type CameraFault = 'denied' | 'absent' | 'hanging' | 'busy' | 'insecure';

/** The part of the browser that gives a camera; handed in, so that a test can deny it. */
export interface CameraBrowser {
  isSecureContext: boolean;
  navigator: { mediaDevices?: Pick<MediaDevices, 'getUserMedia'> | undefined };
}

/**
 * Opens the camera at the back. Never waits longer than CAMERA_WAIT_MS; one that comes later is
 * shut again at once.
 */
export async function openCamera(
  browser: CameraBrowser = window,
  waitMs = CAMERA_WAIT_MS,
): Promise<Result<MediaStream, CameraFault>> {
  const devices = browser.navigator.mediaDevices;
  if (!devices?.getUserMedia) return fail(browser.isSecureContext ? 'absent' : 'insecure');
  let late = false;
  const opening = devices
    .getUserMedia({ audio: false, video: { facingMode: 'environment', width: WIDTH } })
    .then((stream) => {
      if (late) closeCamera(stream);
      return ok(stream);
    })
    .catch((error: unknown) => fail(faultOf(error)));
  const hanging = new Promise<Result<never, CameraFault>>((resolve) => {
    setTimeout(() => {
      late = true;
      resolve(fail('hanging'));
    }, waitMs);
  });
  return Promise.race([opening, hanging]);
}

/** Gives the camera back; its light goes out. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function faultOf(error: unknown): CameraFault {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'absent';
}
