import { parseJson, type PackFiles } from '#content/verify-pack.ts';
import { fail, ok, type Result } from '#lib/result.ts';

/** A pack's bytes as they came; nothing of them is trusted yet. */
export interface PackBytes {
  manifest: Uint8Array;
  files: PackFiles;
}

export type Fetch = (url: string, init: { signal: AbortSignal }) => Promise<Response>;

/** One file of a built-in pack is under 30 kB: at 5 kB/s with stalls that is over in a minute, or never. */
const FILE_LIMIT_MS = 60_000;

/** Fetches the manifest and every file that it names, all from one folder of this origin. */
export async function fetchPack(
  folder: string,
  fetch: Fetch,
): Promise<Result<PackBytes, 'pack.unreachable'>> {
  try {
    const manifest = await fetchBytes(`${folder}manifest.json`, fetch);
    const files = new Map<string, Uint8Array>();
    for (const path of pathsOf(manifest))
      files.set(path, await fetchBytes(folder + encodeURIComponent(path), fetch));
    return ok({ manifest, files });
  } catch {
    // Whatever cut it short (no network, a 404, the time limit): the reader can only try again.
    return fail('pack.unreachable');
  }
}

async function fetchBytes(url: string, fetch: Fetch): Promise<Uint8Array> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), FILE_LIMIT_MS);
  try {
    const answer = await fetch(url, { signal: stop.signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  } finally {
    clearTimeout(timer);
  }
}

/** The file names of a manifest that is still unproven: only what is clearly a name is fetched. */
function pathsOf(manifest: Uint8Array): string[] {
  const parsed = parseJson(manifest) as { files?: unknown } | null | undefined;
  const files = Array.isArray(parsed?.files) ? (parsed.files as unknown[]) : [];
  return files
    .map((file) => (file as { path?: unknown } | null)?.path)
    .filter((path): path is string => typeof path === 'string');
}
