/** What only the browser knows of this phone. */
export interface PhoneState {
  /** Whether the browser promised never to clear the app's storage by itself. */
  persisted: 'yes' | 'no' | 'unknown';
  /** Whole megabytes used and free; null where the browser does not say. */
  room: { used: number; free: number } | null;
}

type Storages = Partial<Pick<StorageManager, 'persisted' | 'estimate'>> | undefined;

const MEGABYTE = 1024 * 1024;

/** Asks the browser; never rejects. */
export async function readPhoneState(
  storage: Storages = navigator.storage as Storages,
): Promise<PhoneState> {
  const persisted = await storage?.persisted?.().catch(() => undefined);
  const { usage, quota } = (await storage?.estimate?.().catch(() => undefined)) ?? {};
  const room =
    usage === undefined || quota === undefined
      ? null
      : { used: megabytes(usage), free: megabytes(Math.max(0, quota - usage)) };
  return { persisted: persisted === undefined ? 'unknown' : persisted ? 'yes' : 'no', room };
}

/** How far a clock is off, in the largest unit in which it is worth saying; null: under a minute. */
export function clockError(
  ms: number,
): { side: 'fast' | 'slow'; unit: 'minutes' | 'hours' | 'days'; n: number } | null {
  const minutes = Math.round(Math.abs(ms) / 60_000);
  if (minutes < 1) return null;
  // Server minus phone: a phone that is ahead has a negative offset.
  const side = ms < 0 ? 'fast' : 'slow';
  if (minutes < 120) return { side, unit: 'minutes', n: minutes };
  if (minutes < 48 * 60) return { side, unit: 'hours', n: Math.round(minutes / 60) };
  return { side, unit: 'days', n: Math.round(minutes / (24 * 60)) };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / MEGABYTE);
}
