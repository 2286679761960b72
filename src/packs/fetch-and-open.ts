import { openPack, type OpenedPack } from '#content/open-pack.ts';
import type { PackError } from '#content/verify-pack.ts';
import type { Result } from '#lib/result.ts';
import { fetchPack, type Fetch } from './fetch-pack.ts';

/** Brings a pack's bytes and opens them, both scripts at once; loaded with the converter, lazily. */
export async function fetchAndOpen(
  folder: string,
  fetch: Fetch,
): Promise<Result<OpenedPack, PackError | 'pack.unreachable'>> {
  const fetched = await fetchPack(folder, fetch);
  return fetched.ok ? openPack(fetched.value.manifest, fetched.value.files) : fetched;
}
