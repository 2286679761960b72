import { onScopeDispose, readonly, ref, shallowRef, watch, type Ref } from 'vue';
import { useVisible } from '#ui/useVisible.ts';
import {
  CAMERA_WAIT_MS,
  closeCamera,
  openCamera,
  showsPicture,
  type CameraFault,
} from './camera.ts';
import { keepFocus } from './camera-track.ts';

/**
 * The camera before `video` for as long as the calling scope lives; shut while the page is out of
 * sight. `stream` is there once the camera shows a picture: one that opens and stays black has been
 * as long as one that does not open, and counts as hanging.
 */
export function useCameraStream(video: Readonly<Ref<HTMLVideoElement | null>>) {
  const fault = ref<CameraFault | null>(null);
  const stream = shallowRef<MediaStream | null>(null);
  const visible = useVisible();
  let opened: MediaStream | null = null;
  /** Goes up with each start and stop: what was begun under an older number has no effect. */
  let opening = 0;

  async function start(): Promise<void> {
    stop();
    const mine = opening;
    const asked = performance.now();
    const take = (late: MediaStream) => (mine === opening ? void show(late) : closeCamera(late));
    const camera = await openCamera(window, CAMERA_WAIT_MS, take);
    if (mine !== opening) return void (camera.ok && closeCamera(camera.value));
    if (camera.ok) return show(camera.value, CAMERA_WAIT_MS - (performance.now() - asked));
    fault.value = camera.error;
  }

  async function show(camera: MediaStream, waitMs = CAMERA_WAIT_MS): Promise<void> {
    const mine = opening;
    if (!video.value) return closeCamera(camera);
    opened = camera;
    keepFocus(camera);
    video.value.srcObject = camera;
    // Not waited for: in some WebViews the promise never settles.
    video.value.play().catch(() => undefined);
    const shows = await showsPicture(video.value, waitMs);
    if (mine !== opening) return;
    if (!shows) stop();
    fault.value = shows ? null : 'hanging';
    if (shows) stream.value = camera;
  }

  function stop(): void {
    opening += 1;
    if (opened) closeCamera(opened);
    opened = stream.value = null;
  }

  const isWanted = () => visible.value && video.value !== null;
  watch(isWanted, (wanted) => (wanted ? void start() : stop()), { flush: 'post', immediate: true });
  onScopeDispose(stop);
  return { fault: readonly(fault), stream, start };
}
