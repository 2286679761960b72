import { computed, onScopeDispose, readonly, ref, shallowRef, watch, type Ref } from 'vue';
import { createCameraHints, type CameraHint } from './camera-hints.ts';
import { torchOf } from './camera-track.ts';
import { grabFrame } from './grab.ts';
import type { QrReader } from './qr-reader.ts';
import { useCameraStream } from './useCameraStream.ts';

/** A breath between frames, so that the page stays quick and the phone cool; reading takes longer. */
const FRAME_PAUSE_MS = 60;

/** The camera before `video` and the codes it sees. `onText` gets every reading, the same code many times. */
export function useCamera(
  video: Readonly<Ref<HTMLVideoElement | null>>,
  onText: (text: string) => void,
  reader: Pick<QrReader, 'read'>,
) {
  const { fault, stream, start } = useCameraStream(video);
  const hint = ref<CameraHint | null>(null);
  const canvas = document.createElement('canvas');
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(mine: MediaStream, hintFor: ReturnType<typeof createCameraHints>): void {
    timer = setTimeout(async () => {
      // Taken away (the permission, or the camera by another app): asking again says which.
      if (hasEnded(mine)) return start();
      const frame = video.value && grabFrame(video.value, canvas);
      const seen = frame && (await reader.read(frame));
      if (stream.value !== mine) return;
      if (seen) hint.value = hintFor(seen);
      if (seen?.text) onText(seen.text);
      look(mine, hintFor);
    }, FRAME_PAUSE_MS);
  }

  const rest = () => clearTimeout(timer);
  watch(stream, (opened) => {
    rest();
    hint.value = null;
    if (opened)
      look(
        opened,
        createCameraHints(() => performance.now()),
      );
  });
  onScopeDispose(rest);
  const running = computed(() => stream.value !== null);
  return { fault, running, hint: readonly(hint), torch: useTorch(stream), start };
}

const hasEnded = (stream: MediaStream) =>
  stream.getVideoTracks().some(({ readyState }) => readyState === 'ended');

/** The phone's lamp, for as long as this camera is open. */
function useTorch(stream: Readonly<Ref<MediaStream | null>>) {
  const on = ref(false);
  const turn = shallowRef<ReturnType<typeof torchOf>>(null);
  watch(stream, (opened) => {
    on.value = false;
    turn.value = opened && torchOf(opened);
  });
  async function toggle(): Promise<void> {
    if (await turn.value?.(!on.value)) on.value = !on.value;
  }
  return { has: computed(() => turn.value !== null), on: readonly(on), toggle };
}
