/** Grey pictures, a byte a pixel, and what makes a poor one readable. Each step gives a new picture. */
export interface Luma {
  width: number;
  height: number;
  data: Uint8Array;
}

/** RGBA, row by row, as a canvas gives it. */
export interface Frame {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** The grey of a frame's middle, at most `across` by `down` px, weighed as the decoder weighs colours. */
export function lumaOf(frame: Frame, across = frame.width, down = frame.height): Luma {
  const width = Math.min(across, frame.width);
  const height = Math.min(down, frame.height);
  const [left, top] = [(frame.width - width) >> 1, (frame.height - height) >> 1];
  const from = frame.data;
  const data = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y += 1) {
    let at = ((top + y) * frame.width + left) * 4;
    for (let x = 0; x < width; x += 1, at += 4)
      data[to++] = (from[at]! + 2 * from[at + 1]! + from[at + 2]!) >> 2;
  }
  return { width, height, data };
}

/** Against a lens out of focus: each pixel away from the mean of the four at `distance`, by `force`. */
export function sharpened({ width, height, data: from }: Luma, force: number, distance = 1): Luma {
  const data = new Uint8ClampedArray(from);
  const rows = distance * width;
  for (let y = distance; y < height - distance; y += 1) {
    for (let at = y * width + distance; at < (y + 1) * width - distance; at += 1) {
      const around =
        from[at - rows]! + from[at + rows]! + from[at - distance]! + from[at + distance]!;
      data[at] = from[at]! + force * (from[at]! - around / 4);
    }
  }
  return { width, height, data: new Uint8Array(data.buffer) };
}

/** Against grain: 1-2-1 both ways. */
export function smoothed({ width, height, data: from }: Luma): Luma {
  const data = new Uint8Array(from);
  for (let y = 1; y < height - 1; y += 1) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
      const [up, down] = [at - width, at + width];
      const corners = from[up - 1]! + from[up + 1]! + from[down - 1]! + from[down + 1]!;
      const sides = from[up]! + from[down]! + from[at - 1]! + from[at + 1]!;
      data[at] = (corners + 2 * sides + 4 * from[at]!) >> 4;
    }
  }
  return { width, height, data };
}

/** `times` as large, between the pixels in a straight line. */
export function enlarged({ width, height, data: from }: Luma, times: number): Luma {
  const across = placesOf(width, times);
  const down = placesOf(height, times);
  const data = new Uint8Array(across.length * down.length);
  let to = 0;
  for (const row of down) {
    const [above, below] = [row.first * width, row.second * width];
    for (const { first, second, share } of across) {
      const upper = from[above + first]! * (256 - share) + from[above + second]! * share;
      const lower = from[below + first]! * (256 - share) + from[below + second]! * share;
      data[to++] = (upper * (256 - row.share) + lower * row.share) >> 16;
    }
  }
  return { width: across.length, height: down.length, data };
}

/** For each new pixel of a line the two old ones that it lies between, and how much of the second. */
function placesOf(length: number, times: number) {
  return Array.from({ length: length * times }, (_, at) => {
    const place = Math.max(0, (at + 0.5) / times - 0.5);
    const first = Math.floor(place);
    const second = Math.min(length - 1, first + 1);
    return { first, second, share: Math.round((place - first) * 256) };
  });
}
