/** Compresses the built files once, at the highest setting, so that serving them costs nothing. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { filesUnder } from './hash.mjs';

const COMPRESSIBLE = /\.(html|js|mjs|css|json|svg|txt|webmanifest|map|ico|wasm|xml)$/;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Writes FILE.br (brotli 11) and FILE.gz (zlib 9) beside each file of `dir` that gets smaller by it. */
export async function precompress(dir) {
  const files = filesUnder(dir, '.').filter((file) => COMPRESSIBLE.test(file));
  await Promise.all(files.map((file) => compressFile(join(dir, file))));
}

async function compressFile(file) {
  const content = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const [br, gz] = await Promise.all([brotli(content, { params }), zip(content, { level: 9 })]);
  if (br.length < content.length) await writeFile(`${file}.br`, br);
  if (gz.length < content.length) await writeFile(`${file}.gz`, gz);
}
