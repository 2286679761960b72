/** Small notes in the data folder about what the server did by itself. */
import { renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '#server/db/cluster-lock.mjs';

/** Writes `note` as JSON, whole or not at all. */
export function writeNote(file: string, note: object): void {
  makeFolder(dirname(file));
  writeFileSync(`${file}.part`, `${JSON.stringify(note)}\n`, { flush: true });
  renameSync(`${file}.part`, file);
}
