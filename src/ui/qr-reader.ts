/** Where the browser has its own reader (not without Google services), as a second pair of eyes. */
interface NativeReader {
  detect(frame: ImageData): Promise<{ rawValue: string }[]>;
}
interface NativeReaderClass {
  new (options: { formats: string[] }): NativeReader;
  getSupportedFormats?(): Promise<string[]>;
}

export interface QrReader {
  /** The text of the code in this frame, or null when none was found. One frame at a time. */
  read(frame: ImageData): Promise<string | null>;
  close(): void;
}

/** Reads QR codes with our decoder in a worker; nothing outside the page is needed. */
export function createQrReader(): QrReader {
  const worker = new Worker(new URL('./scan.worker.ts', import.meta.url), { type: 'module' });
  const native = nativeReader();

  const ask = (frame: ImageData) =>
    new Promise<string | null>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<string | null>) => resolve(data);
      worker.onerror = () => resolve(null);
      worker.postMessage(frame);
    });

  return {
    read: async (frame) => (await ask(frame)) ?? (await askNative(await native, frame)),
    close: () => worker.terminate(),
  };
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
