import type { Break } from './break.ts';

/** What is wrong with the camera, or with how its pictures are read. */
export const PLANTED_IN_THE_CAMERA: Break[] = [
  {
    name: 'late-camera-stays-on',
    ids: ['A-09'],
    file: 'src/ui/camera.ts',
    find: 'if (late) onLate(stream);',
    replace: '',
  },
  {
    name: 'frames-read-as-they-are',
    ids: ['A-12'],
    file: 'src/ui/read-frame.ts',
    find: 'return { text: decode(look(frame), effortMs), light: lightOf(frame) };',
    replace: 'return { text: decode(lumaOf(frame), effortMs), light: lightOf(frame) };',
  },
  {
    name: 'black-camera-is-taken-for-a-picture',
    ids: ['A-09'],
    file: 'src/ui/camera.ts',
    find: 'if (video.videoWidth > 0 && video.readyState >= HAS_PICTURE) return true;',
    replace: 'return true;',
  },
];
