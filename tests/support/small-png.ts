/** Makes a screenshot small: at most 256 colours, each pixel one byte (PNG specification, colour type 3). */
import { crc32, deflateSync } from 'node:zlib';
import { readPng } from './png.ts';

const MOST_COLOURS = 256;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The same picture, its colours rounded just as far as it takes to have few enough. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, rgb } = readPng(png);
  for (let dropped = 0; ; dropped += 1) {
    const found = indexed(rgb, dropped);
    if (!found) continue;
    const rows = Buffer.alloc((width + 1) * height); // the first byte of a row: no filter
    for (let y = 0; y < height; y += 1)
      rows.set(found.pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, 3], 8);
    return Buffer.concat([
      SIGNATURE,
      chunk('IHDR', head),
      chunk('PLTE', Buffer.from(found.palette)),
      chunk('IDAT', deflateSync(rows, { level: 9 })),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

/** Pixels as places in a palette; null where `dropped` low bits still leave too many colours. */
function indexed(rgb: Uint8Array, dropped: number) {
  const places = new Map<number, number>();
  const palette: number[] = [];
  const pixels = new Uint8Array(rgb.length / 3);
  for (let at = 0; at < pixels.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(at * 3, at * 3 + 3);
    const key = ((red >> dropped) << 16) | ((green >> dropped) << 8) | (blue >> dropped);
    let place = places.get(key);
    if (place === undefined) {
      place = places.size;
      if (place === MOST_COLOURS) return null;
      places.set(key, place);
      palette.push(red, green, blue); // the first of its kind: grounds keep their exact colour
    }
    pixels[at] = place;
  }
  return { palette, pixels };
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(body.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
