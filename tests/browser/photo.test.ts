import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { readStill } from '#ui/read-frame.ts';
import { readPhoto } from '#ui/read-photo.ts';

const TEXT = 'RIXUE:M:0123456789ABCDEF';
/** Twelve megapixels. */
const PHOTO = { width: 4000, height: 3000 };

it('A-09 reads the code of a photo of 12 megapixels and never has more than three of them as numbers', async () => {
  const sizes: number[] = [];
  const read = async (frame: ImageData) => {
    sizes.push(frame.width * frame.height);
    return readStill(frame);
  };
  expect(await readPhoto(await photoOf(encode(TEXT).data, 900), { read })).toBe(TEXT);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(3_000_000);
});

it('A-09 says of what is no picture that nothing was read in it', async () => {
  const read = async (frame: ImageData) => readStill(frame);
  expect(await readPhoto(new Blob(['no picture'], { type: 'image/jpeg' }), { read })).toBe(null);
});

/** A table with a code of `side` px on it. */
async function photoOf(modules: boolean[][], side: number): Promise<Blob> {
  const canvas = Object.assign(document.createElement('canvas'), PHOTO);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#bbb';
  context.fillRect(0, 0, PHOTO.width, PHOTO.height);
  const [left, top, module] = [1200, 900, side / (modules.length || 1)];
  context.fillStyle = '#fff';
  context.fillRect(left, top, side, side);
  context.fillStyle = '#000';
  modules.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) context.fillRect(left + x * module, top + y * module, module + 1, module + 1);
    }),
  );
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob!), 'image/jpeg', 0.8));
}
