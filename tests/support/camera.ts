/**
 * Films for Chromium's fake camera (Y4M, 640×480): a picture, gently lit, in the middle of a grey
 * table. Chromium opens the file again whenever the camera starts, so that writing it anew is
 * turning the phone to something else.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { readPng } from './png.ts';

/** Grey values from 0 to 255, row by row. */
export type Picture = { width: number; height: number; grey: Uint8Array };

export type FilmOptions = {
  /** Share of the frame's height that the picture fills. */
  fill?: number;
  /** Degrees that the phone is tilted. */
  tilt?: number;
};

const FRAME = { width: 640, height: 480, count: 4, perSecond: 10 };
const TABLE_GREY = 150;
/** Film studios' black and white (BT.601): 16 to 235. */
const BLACK = 16;
const SPAN = 219;
const NO_COLOUR = 128;
/** The quiet zone that the QR norm asks for, in modules (ISO/IEC 18004, 5.3.8). */
const QUIET = 4;

/** A QR code's modules (true = dark), as `encode()` of the QR library gives them. */
export function pictureOfModules(modules: boolean[][], pixels = 8): Picture {
  const side = (modules.length + 2 * QUIET) * pixels;
  const grey = new Uint8Array(side * side).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const row = modules[Math.floor(y / pixels) - QUIET];
      if (row?.[Math.floor(x / pixels) - QUIET]) grey[y * side + x] = 0;
    }
  }
  return { width: side, height: side, grey };
}

/** A screenshot, such as the other phone's screen. */
export function pictureOfPng(png: Buffer): Picture {
  const { width, height, rgb } = readPng(png);
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(at * 3, at * 3 + 3);
    grey[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return { width, height, grey };
}

/** Writes the film, whole or not at all: the camera may be starting right now. */
export function film(path: string, picture: Picture | null, options: FilmOptions = {}): string {
  const head = `YUV4MPEG2 W${FRAME.width} H${FRAME.height} F${FRAME.perSecond}:1 Ip A1:1 C420jpeg\n`;
  const luma = picture ? project(picture, options) : emptyTable();
  const chroma = Buffer.alloc((FRAME.width * FRAME.height) / 2, NO_COLOUR);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  writeFileSync(
    `${path}.new`,
    Buffer.concat([Buffer.from(head), ...Array(FRAME.count).fill(frame)]),
  );
  renameSync(`${path}.new`, path);
  return path;
}

const toLuma = (grey: number) => BLACK + Math.round((grey * SPAN) / 255);
const emptyTable = () => Buffer.alloc(FRAME.width * FRAME.height, toLuma(TABLE_GREY));

/** Puts the picture into the middle of the frame; each pixel is the mean of four samples. */
function project(picture: Picture, { fill = 0.8, tilt = 0 }: FilmOptions): Buffer {
  const luma = emptyTable();
  const scale = Math.max(picture.width, picture.height) / (FRAME.height * fill);
  const [cos, sin] = [Math.cos((tilt * Math.PI) / 180), Math.sin((tilt * Math.PI) / 180)];
  const sample = (x: number, y: number): number => {
    const [dx, dy] = [x - FRAME.width / 2, y - FRAME.height / 2];
    const px = Math.floor((dx * cos + dy * sin) * scale + picture.width / 2);
    const py = Math.floor((dy * cos - dx * sin) * scale + picture.height / 2);
    const inside = px >= 0 && py >= 0 && px < picture.width && py < picture.height;
    return inside ? (picture.grey[py * picture.width + px] ?? TABLE_GREY) : TABLE_GREY;
  };
  for (let y = 0; y < FRAME.height; y += 1) {
    for (let x = 0; x < FRAME.width; x += 1) {
      const sum =
        sample(x + 0.25, y + 0.25) +
        sample(x + 0.75, y + 0.25) +
        sample(x + 0.25, y + 0.75) +
        sample(x + 0.75, y + 0.75);
      luma[y * FRAME.width + x] = toLuma(sum / 4);
    }
  }
  return luma;
}
