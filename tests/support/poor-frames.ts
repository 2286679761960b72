/**
 * What a poor camera gives of another phone's screen, drawn by numbers, the same on every
 * machine: a 6-inch screen, dim and cracked, 25 to 40 cm away, tilted, with a lamp's glare on it; the
 * picture out of focus, moved and noisy. A subject is one person holding a phone; its frames differ as
 * the hands move. The geometry is a pinhole camera's, in millimetres.
 */
import { encode } from 'uqr';
import { HALL_PREFIX, memberCodeText } from '#domain/qr-codes.ts';
import { createSeededRandom } from './seeded-random.ts';

export interface PoorFrame {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}
export interface Subject {
  /** What its code says. */
  text: string;
  /** How hard it is made, for whoever looks at those that were not read. */
  made: Record<string, number>;
  /** The next picture of it. */
  next(): PoorFrame;
}
/** `view`: how wide the camera's whole picture is, where the frame is only the middle of it; px. */
export type FrameSize = { width: number; height: number; view?: number };

/** A 6-inch screen of 18:9 is 68 mm wide, 360 px of the page; a code is at most 320 of them (QrCode.vue). */
const SCREEN = { width: 68, height: 136 };
const CODE_WIDTH = (320 / 360) * SCREEN.width;
const QUIET = 4;
/** A phone camera's picture is some 65° wide. */
const HALF_VIEW = (65 / 2) * (Math.PI / 180);
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The most that version 4 holds at M in alphanumeric mode: no code of the app's may be longer. */
const HALL_LENGTH = 90;
/** Of the blur's figures, which are pixels of this width. */
const BLUR_WIDTH = 640;
const TABLE = gaussians(createSeededRandom(1), 1 << 16);

/** A subject that is made by the seed alone. */
export function poorSubject(seed: number, size: FrameSize): Subject {
  const random = createSeededRandom(seed);
  const between = (from: number, to: number) => from + (to - from) * random();
  const code = Array.from({ length: HALL_LENGTH }, () => LETTERS[Math.floor(random() * 32)]).join(
    '',
  );
  const isHall = random() < 0.5;
  const text = isHall
    ? (HALL_PREFIX + code).slice(0, HALL_LENGTH)
    : memberCodeText(code.slice(0, 16));
  const modules = encode(text, { ecc: 'M', border: QUIET }).data;
  const made = {
    modules: modules.length,
    distance: between(250, 400),
    tilt: between(0, 15),
    tiltTo: between(0, 2 * Math.PI),
    turn: between(-15, 15),
    white: 255 * between(0.15, 0.6),
    black: between(0.05, 0.4),
    noise: between(1.5, 5),
    blur: between(0.3, 1.1),
    motion: between(0, 4),
    glare: between(0, 110),
  };
  const look = lookOf(made, { random, between, modules });
  return { text, made, next: () => take(made, size, { random, between, look }) };
}

type Made = {
  modules: number;
  distance: number;
  tilt: number;
  tiltTo: number;
  turn: number;
  white: number;
  black: number;
  noise: number;
  blur: number;
  motion: number;
  glare: number;
};
type Between = (from: number, to: number) => number;
/** Light at a point of the screen's plane, its middle being 0, 0; mm. */
type Look = (x: number, y: number) => number;

/** The phone as it lies there: paper white page, code, cracks, glare, a black frame, a grey room. */
function lookOf(
  made: Made,
  { random, between, modules }: { random(): number; between: Between; modules: boolean[][] },
): Look {
  const dark = made.white * made.black;
  const room = made.white * between(0.2, 0.9);
  const module = CODE_WIDTH / modules.length;
  const half = CODE_WIDTH / 2;
  const cracks = Array.from({ length: Math.floor(random() * 4) }, () => {
    const angle = between(0, Math.PI);
    return {
      nx: Math.cos(angle),
      ny: Math.sin(angle),
      at: between(-25, 25),
      half: between(0.15, 0.4),
    };
  });
  const spot = { x: between(-30, 30), y: between(-30, 30), w: between(8, 20), h: between(5, 12) };
  const page = (x: number, y: number): number => {
    if (Math.abs(x) > half || Math.abs(y) > half) return made.white * 0.95;
    const row = modules[Math.floor((y + half) / module)];
    return row?.[Math.floor((x + half) / module)] ? dark : made.white;
  };
  return (x, y) => {
    if (Math.abs(x) > SCREEN.width / 2 + 3 || Math.abs(y) > SCREEN.height / 2 + 6) return room;
    if (Math.abs(x) > SCREEN.width / 2 || Math.abs(y) > SCREEN.height / 2) return dark * 0.6;
    const cracked = cracks.some((one) => Math.abs(x * one.nx + y * one.ny - one.at) < one.half);
    const far = ((x - spot.x) / spot.w) ** 2 + ((y - spot.y) / spot.h) ** 2;
    const shine = far < 1 ? made.glare * (1 - far) : 0;
    return (cracked ? dark * 1.3 : page(x, y)) + shine;
  };
}

function take(
  made: Made,
  size: FrameSize,
  { random, between, look }: { random(): number; between: Between; look: Look },
): PoorFrame {
  const point = planePoint(made, size, between);
  const sharp = new Float32Array(size.width * size.height);
  for (let y = 0, at = 0; y < size.height; y += 1)
    for (let x = 0; x < size.width; x += 1, at += 1) sharp[at] = sampled(point, look, x, y);
  const scale = (size.view ?? size.width) / BLUR_WIDTH;
  const seen = moved(softened(sharp, size, made.blur * scale), size, {
    length: made.motion * scale * random(),
    angle: between(0, Math.PI),
  });
  const data = new Uint8ClampedArray(seen.length * 4).fill(255);
  let noise = Math.floor(random() * TABLE.length);
  for (let at = 0; at < seen.length; at += 1) {
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
    const grey = (seen[at] ?? 0) + made.noise * (TABLE[noise >>> 16] ?? 0);
    data[at * 4] = data[at * 4 + 1] = data[at * 4 + 2] = grey;
  }
  return { width: size.width, height: size.height, data };
}

/** The mean of four points of a pixel; the middle alone outside of the code. */
function sampled(
  point: (x: number, y: number) => [number, number],
  look: Look,
  x: number,
  y: number,
): number {
  const middle = point(x + 0.5, y + 0.5);
  if (Math.max(Math.abs(middle[0]), Math.abs(middle[1])) > CODE_WIDTH / 2) return look(...middle);
  let sum = 0;
  for (const dy of [0.25, 0.75])
    for (const dx of [0.25, 0.75]) sum += look(...point(x + dx, y + dy));
  return sum / 4;
}

/** From a pixel to the point of the screen's plane that it sees, as the hands hold both at this moment. */
function planePoint(made: Made, { width, height, view = width }: FrameSize, between: Between) {
  const focal = view / 2 / Math.tan(HALF_VIEW);
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const tilt = rad(made.tilt + between(-1, 1));
  const turn = rad(made.turn + between(-1.5, 1.5));
  const distance = made.distance + between(-6, 6);
  const [shiftX, shiftY] = [between(-12, 12), between(-8, 8)];
  // The plane leans away along `tiltTo`: its depth grows with the way along that direction.
  const [ax, ay] = [Math.cos(made.tiltTo), Math.sin(made.tiltTo)];
  const slope = Math.tan(tilt);
  const [cos, sin, lean] = [Math.cos(turn), Math.sin(turn), 1 / Math.cos(tilt) - 1];
  return (px: number, py: number): [number, number] => {
    const rx = (px - width / 2) / focal;
    const ry = (py - height / 2) / focal;
    const depth = distance / (1 - slope * (rx * ax + ry * ay));
    const [x, y] = [rx * depth - shiftX, ry * depth - shiftY];
    // Lengths along the slope are longer on the plane than seen from the front.
    const along = (x * ax + y * ay) * lean;
    const [u, v] = [x + along * ax, y + along * ay];
    return [u * cos + v * sin, v * cos - u * sin];
  };
}

/** A lens out of focus: a Gaussian of `sigma` px. */
function softened(from: Float32Array, size: FrameSize, sigma: number): Float32Array {
  const radius = Math.ceil(sigma * 2.5);
  const taps = Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-((at - radius) ** 2) / (2 * sigma ** 2)),
  );
  const across = convolved(
    from,
    size,
    taps.map((weight, at) => ({ dx: at - radius, dy: 0, weight })),
  );
  return convolved(
    across,
    size,
    taps.map((weight, at) => ({ dx: 0, dy: at - radius, weight })),
  );
}

/** A hand that moved by `length` px while the picture was taken. */
function moved(
  from: Float32Array,
  size: FrameSize,
  { length, angle }: { length: number; angle: number },
): Float32Array {
  const count = Math.max(1, Math.round(length * 2));
  const way = (at: number) => (count > 1 ? (at / (count - 1) - 0.5) * length : 0);
  const taps = Array.from({ length: count }, (_, at) => ({
    dx: Math.round(way(at) * Math.cos(angle)),
    dy: Math.round(way(at) * Math.sin(angle)),
    weight: 1,
  }));
  return convolved(from, size, taps);
}

type Tap = { dx: number; dy: number; weight: number };

function convolved(from: Float32Array, { width }: FrameSize, taps: Tap[]): Float32Array {
  const whole = taps.reduce((sum, { weight }) => sum + weight, 0);
  const to = new Float32Array(from.length);
  for (const { dx, dy, weight } of taps) {
    const share = weight / whole;
    // At the frame's edge the nearest pixel: nothing is read there.
    const by = dy * width + dx;
    for (let at = 0; at < to.length; at += 1)
      to[at]! += share * from[Math.min(Math.max(at + by, 0), to.length - 1)]!;
  }
  return to;
}

/** Normally distributed numbers (Box–Muller), drawn once. */
function gaussians(random: () => number, count: number): Float32Array {
  return Float32Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}
