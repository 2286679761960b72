import decodeQR from 'qr/decode.js';
import { expect, it } from 'vitest';
import { QUIET_ZONE, qrPath } from '#ui/qr-path.ts';

const PX = 4;

it('draws a code that the scanner of the app reads back', () => {
  const text = 'https://xian.example/join#t=7K3F9QABCDEFGH2345JKLM&root=日學';
  expect(decodeQR(raster(qrPath(text, 'M')))).toBe(text);
});

it('keeps four light modules round the code', () => {
  const { path, size } = qrPath('RX', 'L');
  const xs = runs(path).flatMap(({ x, width }) => [x, x + width]);
  expect(Math.min(...xs)).toBe(QUIET_ZONE);
  expect(Math.max(...xs)).toBe(size - QUIET_ZONE);
});

function runs(path: string): { x: number; y: number; width: number }[] {
  return [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, width]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(width),
  }));
}

/** The path as an RGBA picture, PX pixels a module. */
function raster({ path, size }: { path: string; size: number }) {
  const side = size * PX;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const { x, y, width } of runs(path))
    for (let row = y * PX; row < (y + 1) * PX; row++)
      for (let column = x * PX; column < (x + width) * PX; column++)
        data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  return { width: side, height: side, data };
}
