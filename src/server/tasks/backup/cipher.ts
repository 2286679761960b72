/**
 * The envelope of a backup: encrypted to a passphrase, in chunks, so that a backup of any size passes
 * through little memory.
 *
 * Format: "RIXUEBK1", salt (16), check (16), then frames of {length u32, AES-256-GCM ciphertext, tag
 * (16)}. scrypt(passphrase, salt) gives the key and the check, which tells a wrong passphrase from a
 * damaged file. The nonce is the frame's number and whether it is the last; the header is
 * authenticated with each frame.
 * Promises: nothing that was altered, reordered, cut short or lengthened is ever read as whole; the
 * bytes of a frame are handed on only after its tag was checked.
 */
import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { promisify } from 'node:util';
import { BackupError } from './backup-errors.ts';

const MAGIC = Buffer.from('RIXUEBK1');
const SALT_BYTES = 16;
const CHECK_BYTES = 16;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const HEADER_BYTES = MAGIC.length + SALT_BYTES + CHECK_BYTES;
/** Plain bytes in a frame: large enough that tags weigh nothing, small beside a server's memory. */
const FRAME_BYTES = 64 * 1024;
/** OWASP's setting for 32 MiB: a try takes a third of a second, also on a machine of 1 GB. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

/** Encrypts `plain` to `passphrase`. */
export async function* encrypt(
  plain: AsyncIterable<Buffer>,
  passphrase: string,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const { key, check } = await keysOf(passphrase, salt);
  const header = Buffer.concat([MAGIC, salt, check]);
  yield header;
  let number = 0;
  let waiting = Buffer.alloc(0);
  for await (const bytes of plain) {
    waiting = Buffer.concat([waiting, bytes]);
    // One byte more than a frame: the last frame is only known at the end.
    while (waiting.length > FRAME_BYTES) {
      yield seal({ key, header, number: number++, last: false }, waiting.subarray(0, FRAME_BYTES));
      waiting = waiting.subarray(FRAME_BYTES);
    }
  }
  yield seal({ key, header, number, last: true }, waiting);
}

/** The plain bytes of `sealed`; throws a BackupError at the first byte that is not as it was written. */
export async function* decrypt(
  sealed: AsyncIterable<Buffer>,
  passphrase: string,
): AsyncGenerator<Buffer> {
  const reader = createReader(sealed);
  const header = await reader.take(HEADER_BYTES);
  if (header?.subarray(0, MAGIC.length).equals(MAGIC) !== true)
    throw new BackupError('backup.damaged');
  const salt = header.subarray(MAGIC.length, MAGIC.length + SALT_BYTES);
  const { key, check } = await keysOf(passphrase, salt);
  if (!timingSafeEqual(check, header.subarray(MAGIC.length + SALT_BYTES)))
    throw new BackupError('backup.passphrase');
  for (let number = 0, last = false; !last; number += 1) {
    const length = (await reader.take(LENGTH_BYTES))?.readUInt32BE() ?? Infinity;
    const frame = length <= FRAME_BYTES ? await reader.take(length + TAG_BYTES) : null;
    if (!frame) throw new BackupError('backup.damaged');
    last = await reader.atEnd();
    yield open({ key, header, number, last }, frame);
  }
}

interface Frame {
  key: Buffer;
  header: Buffer;
  number: number;
  last: boolean;
}

function seal(frame: Frame, plain: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', frame.key, nonceOf(frame)).setAAD(frame.header);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(plain.length);
  return Buffer.concat([length, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function open(frame: Frame, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', frame.key, nonceOf(frame), {
    authTagLength: TAG_BYTES,
  }).setAAD(frame.header);
  const end = sealed.length - TAG_BYTES;
  decipher.setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]);
  } catch {
    throw new BackupError('backup.damaged');
  }
}

/** A key is used for one file (its salt is random), so a counter never gives a nonce twice. */
function nonceOf({ number, last }: Frame): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number));
  nonce.writeUInt32BE(last ? 1 : 0, 8);
  return nonce;
}

async function keysOf(passphrase: string, salt: Buffer) {
  const derive = promisify<string, Buffer, number, typeof SCRYPT, Buffer>(scrypt);
  // The same characters typed on another keyboard may come composed otherwise.
  const bytes = await derive(passphrase.normalize('NFC'), salt, KEY_BYTES + CHECK_BYTES, SCRYPT);
  return { key: bytes.subarray(0, KEY_BYTES), check: bytes.subarray(KEY_BYTES) };
}

/** Exact numbers of bytes from parts of any size. */
function createReader(parts: AsyncIterable<Buffer>) {
  const iterator = parts[Symbol.asyncIterator]();
  let waiting = Buffer.alloc(0);

  async function fill(length: number): Promise<boolean> {
    while (waiting.length < length) {
      const next = await iterator.next();
      if (next.done) return false;
      waiting = Buffer.concat([waiting, next.value]);
    }
    return true;
  }

  return {
    /** So many bytes, or null where there are not as many. */
    async take(length: number): Promise<Buffer | null> {
      if (!(await fill(length))) return null;
      const taken = waiting.subarray(0, length);
      waiting = waiting.subarray(length);
      return taken;
    },
    atEnd: async () => !(await fill(1)),
  };
}
