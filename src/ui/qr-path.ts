import { encode } from 'uqr';

/** Quiet zone round a code, in modules (ISO/IEC 18004 asks for 4). */
export const QUIET_ZONE = 4;

/**
 * The dark modules of a QR code as one SVG path, a run per rectangle.
 * `size` is the side of the square in modules with the quiet zone in it.
 */
export function qrPath(text: string, ecc: 'L' | 'M' | 'Q' | 'H'): { path: string; size: number } {
  const { data, size } = encode(text, { ecc, border: QUIET_ZONE });
  return { path: data.map(rowPath).join(''), size };
}

function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    const start = x;
    while (row[x]) x++;
    if (x > start) path += `M${start} ${y}h${x - start}v1H${start}z`;
  }
  return path;
}
