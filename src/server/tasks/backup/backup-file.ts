/**
 * A database to a backup file and back.
 *
 * Promises: the file appears whole, on the disk, or not at all (written beside, then renamed), and is
 * its owner's alone; a restore changes nothing before the file was found to be a backup of this
 * passphrase, and leaves nothing where it does not come to its end.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import { fail, ok, type Result } from '#lib/result.ts';
import { restoredEpoch } from '#server/db/county.ts';
import type { Sources } from '#server/db/server-records.ts';
import { BackupError, backupErrorOf } from './backup-errors.ts';
import { decrypt, encrypt } from './cipher.ts';
import { dumpLines } from './dump.ts';
import { loadLines, type Loaded } from './load.ts';

export interface BackupPlace {
  file: string;
  passphrase: string;
  /** The database as its owner. */
  poolConfig: pg.PoolConfig;
}

/** Writes the database as it is now (`now`, ms) to `file`, taking the place of one that is there. */
export async function writeBackup(
  { file, passphrase, poolConfig }: BackupPlace,
  now: number,
): Promise<Result<null, BackupError>> {
  const part = `${file}.part`;
  try {
    await withClient(poolConfig, async (client) => {
      const lines = Readable.from(withEnds(dumpLines(client, now)));
      const target = createWriteStream(part, { mode: 0o600, flush: true });
      await pipeline(
        lines,
        createGzip(),
        (packed: AsyncIterable<Buffer>) => encrypt(packed, passphrase),
        target,
      );
    });
    await rename(part, file);
    await syncFolder(dirname(file));
    return ok(null);
  } catch (error) {
    await rm(part, { force: true });
    return fail(backupErrorOf(error));
  }
}

/** Reads `file` into the empty database; what it held. */
export async function restoreBackup(
  { file, passphrase, poolConfig }: BackupPlace,
  { clock, random }: Pick<Sources, 'clock' | 'random'>,
): Promise<Result<Loaded, BackupError>> {
  try {
    return ok(
      await withClient(poolConfig, async (client) => {
        let loaded: Loaded | undefined;
        await pipeline(
          createReadStream(file),
          (sealed: AsyncIterable<Buffer>) => decrypt(sealed, passphrase),
          createGunzip(),
          async (plain: AsyncIterable<Buffer>) => {
            const now = clock.now();
            const epoch = restoredEpoch(random, now);
            loaded = await loadLines(client, linesOf(plain), { epoch, now });
          },
        );
        if (!loaded) throw new BackupError('backup.damaged');
        return loaded;
      }),
    );
  } catch (error) {
    return fail(backupErrorOf(error));
  }
}

/** A connection of its own: no limit on a statement's time, and its end undoes what was not committed. */
async function withClient<T>(
  config: pg.PoolConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(config);
  client.on('error', () => undefined); // a cut connection fails its query
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function* withEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** Lines of UTF-8, ended by \n alone: JSON text may hold other separators. */
async function* linesOf(plain: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const bytes of plain) {
    let from = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
      yield Buffer.concat([...rest, bytes.subarray(from, end)]).toString('utf8');
      rest = [];
      from = end + 1;
    }
    rest.push(bytes.subarray(from));
  }
}

/** The new name too has to be on the disk before anybody is told. */
async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  await folder.sync().finally(() => folder.close());
}
