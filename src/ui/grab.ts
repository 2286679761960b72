/**
 * Longer and shorter side of the part that is read, in the camera's own pixels: what a code at 40 cm
 * fills of them is what can be read of it, so that nothing is scaled down; what lies outside is not
 * in sight on the page either.
 */
const LONG_SIDE = 960;
const SHORT_SIDE = 720;
/** Of a camera that gives far more than was asked for, the middle is scaled to this share at least. */
const LARGEST = 1.5;

/** The middle of what the camera shows now; null before its first picture. */
export function grabFrame(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | null {
  const { videoWidth: width, videoHeight: height } = video;
  if (!width || !height) return null;
  const scale = Math.max(1, Math.min(width, height) / (SHORT_SIDE * LARGEST));
  const [acrossMost, downMost] = width > height ? [LONG_SIDE, SHORT_SIDE] : [SHORT_SIDE, LONG_SIDE];
  const across = Math.min(Math.round(width / scale), acrossMost);
  const down = Math.min(Math.round(height / scale), downMost);
  const [cutWidth, cutHeight] = [across * scale, down * scale];
  const [left, top] = [(width - cutWidth) / 2, (height - cutHeight) / 2];
  return draw(canvas, { width: across, height: down }, (context) =>
    context.drawImage(video, left, top, cutWidth, cutHeight, 0, 0, across, down),
  );
}

/** What `paint` puts on a canvas of this size; null where the browser gives none. */
export function draw(
  canvas: HTMLCanvasElement,
  { width, height }: { width: number; height: number },
  paint: (context: CanvasRenderingContext2D) => void,
): ImageData | null {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  paint(context);
  return context.getImageData(0, 0, width, height);
}
