import type { Seen } from './read-frame.ts';

/** Where the browser has its own reader (not without Google services), as a second pair of eyes. */
interface NativeReader {
  detect(frame: ImageData): Promise<{ rawValue: string }[]>;
}
interface NativeReaderClass {
  new (options: { formats: string[] }): NativeReader;
  getSupportedFormats?(): Promise<string[]>;
}

export interface QrReader {
  /** What is in this frame; frames are read one after another, a photo beside the camera's. */
  read(frame: ImageData, still?: boolean): Promise<Seen>;
  close(): void;
}

/** A worker that died or never loaded has seen nothing, and nothing dark either. */
const NOTHING: Seen = { text: null, light: 255 };

/** Reads QR codes with our decoder in a worker; nothing outside the page is needed. */
export function createQrReader(): QrReader {
  const worker = new Worker(new URL('./scan.worker.ts', import.meta.url), { type: 'module' });
  const native = nativeReader();

  const ask = (frame: ImageData, still: boolean) =>
    new Promise<Seen>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<Seen>) => resolve(data);
      worker.onerror = () => resolve(NOTHING);
      worker.postMessage({ frame, still });
    });

  async function read(frame: ImageData, still: boolean): Promise<Seen> {
    const seen = await ask(frame, still);
    return seen.text ? seen : { ...seen, text: await askNative(await native, frame) };
  }

  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (frame: ImageData, still = false) => {
    const seen = turn.then(() => read(frame, still));
    turn = seen;
    return seen;
  };
  return { read: inTurn, close: () => worker.terminate() };
}

async function nativeReader(): Promise<NativeReader | null> {
  const Reader = (globalThis as { BarcodeDetector?: NativeReaderClass }).BarcodeDetector;
  try {
    const formats = (await Reader?.getSupportedFormats?.()) ?? [];
    return Reader && formats.includes('qr_code') ? new Reader({ formats: ['qr_code'] }) : null;
  } catch {
    return null;
  }
}

async function askNative(native: NativeReader | null, frame: ImageData): Promise<string | null> {
  try {
    return (await native?.detect(frame))?.[0]?.rawValue ?? null;
  } catch {
    return null;
  }
}
