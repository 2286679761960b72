import { draw } from './grab.ts';
import type { QrReader } from './qr-reader.ts';

/**
 * Longer sides that a photo is read at, px, the cheapest first: a code that fills the photo is read
 * best small, one in a corner of 12 megapixels needs the second.
 */
const SIDES = [900, 1800];

/**
 * The text of the code in a photo, null where none could be read. The photo is only ever drawn small:
 * its 12 megapixels would be 48 MB as numbers, several times that with every copy. The browser scales
 * while it decodes, turns it upright (EXIF) and has limits of its own for pictures that swell.
 */
export async function readPhoto(
  file: Blob,
  reader: Pick<QrReader, 'read'>,
): Promise<string | null> {
  const address = URL.createObjectURL(file);
  const canvas = document.createElement('canvas');
  try {
    const picture = await load(address);
    for (const side of SIDES) {
      const frame = drawSmall(picture, canvas, side);
      const text = frame && (await reader.read(frame, true)).text;
      if (text) return text;
    }
    return null;
  } catch {
    // Not a picture, or one that this browser cannot open (HEIC).
    return null;
  } finally {
    URL.revokeObjectURL(address);
    // Safari keeps a canvas's memory until it is small.
    canvas.width = canvas.height = 0;
  }
}

function load(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve(picture);
    picture.onerror = () => reject(new Error('not a picture'));
    picture.src = address;
  });
}

function drawSmall(picture: HTMLImageElement, canvas: HTMLCanvasElement, side: number) {
  const { naturalWidth, naturalHeight } = picture;
  const scale = Math.min(1, side / Math.max(naturalWidth, naturalHeight));
  const width = Math.max(1, Math.round(naturalWidth * scale));
  const height = Math.max(1, Math.round(naturalHeight * scale));
  return draw(canvas, { width, height }, (context) => {
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, 0, 0, width, height);
  });
}
