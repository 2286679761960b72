import { fail, type Result } from '#lib/result.ts';
import type { DraftRecord, SavedRecord, WriteError } from './ledger.ts';
import type { WriteDeps } from './write.ts';

type WriteAll = (drafts: readonly DraftRecord[]) => Promise<Result<SavedRecord[], WriteError>>;

/**
 * `writeAll` of write.ts, fetched with the first save: the rules of what may be written and the schemas
 * of bodies are needed by no screen before. It is in the file of sync, which every start fetches after
 * the first screen and the worker keeps. Where it cannot be had nothing was saved and that is said; the
 * next save fetches again.
 */
export function lazyWriteAll(deps: WriteDeps): WriteAll {
  let fetched: Promise<WriteAll> | null = null;
  const fetchWriting = () =>
    (fetched ??= import('./write.ts')
      .then(
        ({ writeAll }): WriteAll =>
          (drafts) =>
            writeAll(deps, drafts),
      )
      .catch((error: unknown) => {
        fetched = null;
        throw error;
      }));
  return async (drafts) => {
    const writeAll = await fetchWriting().catch(() => null);
    return writeAll ? writeAll(drafts) : fail('write.failed');
  };
}
