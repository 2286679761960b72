import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue';
import { useVisible } from '#ui/useVisible.ts';
import { closeCamera, openCamera, type CameraFault } from './camera.ts';
import { createQrReader, type QrReader } from './qr-reader.ts';

/** A pause between frames, so that the phone stays cool; a person holds a screen far longer. */
const FRAME_PAUSE_MS = 120;

/** Longer side of the frame that is decoded, px: a code at 40 cm keeps some four px a module. */
const FRAME_SIDE = 800;

/**
 * The camera before `video` and the codes it sees, for as long as the calling scope lives. Shut
 * while the page is out of sight. `onText` gets every reading, the same code many times.
 */
export function useCamera(
  video: Readonly<Ref<HTMLVideoElement | null>>,
  onText: (text: string) => void,
  reader: QrReader = createQrReader(),
) {
  const fault = ref<CameraFault | null>(null);
  const running = ref(false);
  const visible = useVisible();
  const canvas = document.createElement('canvas');
  let stream: MediaStream | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Goes up with each start and stop: what was begun under an older number has no effect. */
  let opening = 0;

  async function start(): Promise<void> {
    stop();
    const mine = opening;
    const opened = await openCamera();
    if (mine !== opening) return void (opened.ok && closeCamera(opened.value));
    fault.value = opened.ok ? null : opened.error;
    if (!opened.ok || !video.value) return;
    stream = opened.value;
    video.value.srcObject = stream;
    await video.value.play().catch(() => undefined);
    running.value = true;
    look();
  }

  function stop(): void {
    opening += 1;
    clearTimeout(timer);
    running.value = false;
    if (stream) closeCamera(stream);
    stream = null;
  }

  function look(): void {
    timer = setTimeout(async () => {
      // Taken away (the permission, or the camera by another app): asking again says which.
      if (stream?.getVideoTracks().some(({ readyState }) => readyState === 'ended')) return start();
      const mine = opening;
      const frame = grab(video.value, canvas);
      const text = frame && (await reader.read(frame));
      if (mine !== opening) return;
      if (text) onText(text);
      look();
    }, FRAME_PAUSE_MS);
  }

  const isWanted = () => visible.value && video.value !== null;
  watch(isWanted, (wanted) => (wanted ? void start() : stop()), { flush: 'post', immediate: true });
  onScopeDispose(stop);
  onScopeDispose(reader.close);
  return { fault: readonly(fault), running: readonly(running), start };
}

/** What the camera shows now, scaled down; null before its first picture. */
function grab(video: HTMLVideoElement | null, canvas: HTMLCanvasElement): ImageData | null {
  if (!video?.videoWidth || !video.videoHeight) return null;
  const scale = Math.min(1, FRAME_SIDE / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}
