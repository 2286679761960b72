import { fail, ok, type Result } from '#lib/result.ts';

/** A camera that gives nothing for this long is taken as hanging: the person goes on by name. */
export const CAMERA_WAIT_MS = 5_000;

/** How often the first picture is looked for: an event for it is not sent everywhere. */
const PICTURE_LOOK_MS = 100;
/** HTMLMediaElement.HAVE_CURRENT_DATA. */
const HAS_PICTURE = 2;

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
 * Opens the camera at the back. Never waits longer than `waitMs`; one that comes later, because
 * somebody read the browser's question slowly, goes to `onLate`, which shuts it unless told otherwise.
 */
export async function openCamera(
  browser: CameraBrowser = window,
  waitMs = CAMERA_WAIT_MS,
  onLate: (stream: MediaStream) => void = closeCamera,
): Promise<Result<MediaStream, CameraFault>> {
  const devices = browser.navigator.mediaDevices;
  if (!devices?.getUserMedia) return fail(browser.isSecureContext ? 'absent' : 'insecure');
  let late = false;
  const opening = devices
    .getUserMedia({ audio: false, video: { facingMode: 'environment', width: WIDTH } })
    .then((stream) => {
      if (late) onLate(stream);
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

/** Whether the camera shows a picture within `waitMs`: some open and stay black without a word. */
export async function showsPicture(
  video: Pick<HTMLVideoElement, 'videoWidth' | 'readyState'>,
  waitMs: number,
): Promise<boolean> {
  for (let waited = 0; waited <= waitMs; waited += PICTURE_LOOK_MS) {
    if (video.videoWidth > 0 && video.readyState >= HAS_PICTURE) return true;
    await new Promise((resolve) => setTimeout(resolve, PICTURE_LOOK_MS));
  }
  return false;
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
