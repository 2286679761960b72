/**
 * `bench scan`: what the worker's reader takes for a frame of 640×480, against the decoder alone on the
 * same frame, and how much of a set of poor frames is read within three seconds of a phone six times
 * slower than this machine (tests/support/poor-frames.ts). Times are the process's own, not the clock's.
 */
import { createFrameReader, readPlainly } from '#ui/read-frame.ts';
import { poorSubject, type FrameSize, type PoorFrame } from '#tests/support/poor-frames.ts';
import { ratio, type Emit } from './bench.ts';
import { median, p95 } from './slow-phone.ts';

const SUBJECTS = Number(process.env['RIXUE_BENCH_SUBJECTS'] ?? 200);
const FIRST_SEED = 1_000;
const LIMIT_MS = 3_000;
const SLOWER = 6;
/** Between two frames: the breath of useCamera.ts and the copying of the picture. */
const BETWEEN_MS = 75;

const SMALL: FrameSize = { width: 640, height: 480 };
/** What grab.ts takes of 1280×720. */
const LARGE: FrameSize = { width: 960, height: 720, view: 1280 };

type Read = (frame: PoorFrame) => string | null;

export async function run(emit: Emit): Promise<void> {
  const ours = () => {
    const reader = createFrameReader();
    return (frame: PoorFrame) => reader.read(frame).text;
  };
  const plainly = () => readPlainly;
  const small = measure(SMALL, ours);
  const alone = measure(SMALL, plainly);
  const against = 'the decoder alone';
  emit({
    ...{ figure: 'decode-640', value: median(small.times), unit: 'ms', against },
    ratio: ratio(median(small.times), median(alone.times)),
  });
  emit({ figure: 'decode-640-p95', value: p95(small.times), unit: 'ms' });
  emit({
    ...{ figure: 'read-640', value: small.percent, unit: '%', against },
    ratio: ratio(small.percent, alone.percent),
  });
  const large = measure(LARGE, ours);
  emit({ figure: 'decode-1280', value: median(large.times), unit: 'ms' });
  emit({ figure: 'read-1280', value: large.percent, unit: '%' });
}

/** The whole set: ms of each frame, and the share of people whose code was read in time. */
function measure(size: FrameSize, create: () => Read): { times: number[]; percent: number } {
  const times: number[] = [];
  let read = 0;
  for (let at = 0; at < SUBJECTS; at += 1) {
    const subject = poorSubject(FIRST_SEED + at, size);
    const reader = create();
    for (let spent = 0; spent < LIMIT_MS;) {
      const frame = subject.next();
      const { text, took } = timed(() => reader(frame));
      times.push(took);
      spent += took * SLOWER + BETWEEN_MS;
      if (text === null) continue;
      if (text !== subject.text)
        throw new Error(`seed ${FIRST_SEED + at}: read what was not there`);
      if (spent <= LIMIT_MS) read += 1;
      break;
    }
  }
  return { times, percent: Number(((100 * read) / SUBJECTS).toFixed(1)) };
}

function timed(read: () => string | null): { text: string | null; took: number } {
  const before = process.cpuUsage();
  const text = read();
  const { user, system } = process.cpuUsage(before);
  return { text, took: (user + system) / 1_000 };
}
