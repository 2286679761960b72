import type { TextRow } from './sheet-text.ts';

/** Pixels. A phone shows the picture at two fifths of this width: names are then as large as text. */
const WIDTH = 860;
const EDGE = 44;
const ROW = 88;
const LINE = 64;
const FONT = { title: 56, name: 54, small: 42 };
/** Where the columns begin. */
const AT = { number: EDGE, name: 122, state: 480, remark: 666 };
const INK = '#1f1b17';
const SECOND = '#564d44';
const HAIRLINE = '#dcd1bf';
const PAPER = '#fffdf8';
const SANS = 'sans-serif';

/** One picture of a table, PNG; always ink on paper, because it goes to other phones. */
export async function drawTable(
  rows: readonly TextRow[],
  { title, head, foot }: { title: string; head: readonly string[]; foot: readonly string[] },
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = 2 * EDGE + LINE * (1.4 + head.length + foot.length + 1) + ROW * rows.length;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas to draw on');
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, WIDTH, canvas.height);
  pen.textBaseline = 'middle';
  let y = EDGE + LINE / 2;
  const write = (text: string, x: number, font: string, { colour = INK, width = WIDTH } = {}) => {
    pen.font = font;
    pen.fillStyle = colour;
    // Squeezed rather than cut: a minority name with its dots runs long.
    pen.fillText(text, x, y, width);
  };
  const small = `${FONT.small}px ${SANS}`;
  write(title, EDGE, `bold ${FONT.title}px ${SANS}`, { width: WIDTH - 2 * EDGE });
  y += LINE * 1.4;
  for (const text of head) {
    write(text, EDGE, small, { colour: SECOND, width: WIDTH - 2 * EDGE });
    y += LINE;
  }
  y += LINE * 0.4;
  for (const [number, name, state, remark] of rows) {
    pen.fillStyle = HAIRLINE;
    pen.fillRect(EDGE, y - LINE / 2, WIDTH - 2 * EDGE, 2);
    y += (ROW - LINE) / 2;
    write(number, AT.number, small, { colour: SECOND, width: AT.name - AT.number - 20 });
    write(name, AT.name, `${FONT.name}px ${SANS}`, { width: AT.state - AT.name - 20 });
    write(state, AT.state, small, { width: AT.remark - AT.state - 20 });
    write(remark, AT.remark, small, { colour: SECOND, width: WIDTH - EDGE - AT.remark });
    y += (ROW + LINE) / 2;
  }
  y += LINE * 0.6;
  for (const text of foot) {
    write(text, EDGE, small, { colour: SECOND, width: WIDTH - 2 * EDGE });
    y += LINE;
  }
  return toPng(canvas);
}

function toPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('the picture could not be made'));
    }, 'image/png'),
  );
}
