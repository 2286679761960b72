/** What an administrator sets, from the environment and the command line (CONTRACT.md). */
import { fail, ok, type Result } from '#lib/result.ts';
import { sentence } from './sentences.ts';

export interface Config {
  /** 0 takes a free one. */
  port: number;
  host: string;
  dataDir: string;
  /** A PostgreSQL of one's own; null for the embedded one. */
  databaseUrl: string | null;
  /** What invitations print, without a slash at its end; null: this machine's own address. */
  publicUrl: string | null;
  /** Paths of certificate and key; null: plain http. */
  tls: { cert: string; key: string } | null;
  /** What to make of an empty database; null where nobody said. */
  seed: 'demo' | 'empty' | null;
  /** The built app. */
  appDir: string;
  /** Phones drop the worker that they have (APP_WORKER=off): the way back from a broken one. */
  workerOff?: boolean;
}

const PORT_MAX = 65_535;

/** Reads the settings; a sentence for the administrator where one is wrong. */
export function readConfig(
  env: Record<string, string | undefined>,
  args: readonly string[],
  defaultAppDir: string,
): Result<Config, string> {
  const port = env['PORT'] || '8080';
  if (!/^\d+$/.test(port) || Number(port) > PORT_MAX) return fail(sentence.port(port));
  const publicUrl = env['PUBLIC_URL'] || null;
  if (publicUrl !== null && !isWebAddress(publicUrl)) return fail(sentence.publicUrl(publicUrl));
  const [cert, key] = [env['TLS_CERT'], env['TLS_KEY']];
  if (Boolean(cert) !== Boolean(key)) return fail(sentence.tlsPair());
  const unknown = args.find((arg) => arg !== '--demo' && arg !== '--empty');
  if (unknown !== undefined) return fail(sentence.argument(unknown));
  if (args.includes('--demo') && args.includes('--empty')) return fail(sentence.bothSeeds());
  return ok({
    port: Number(port),
    host: env['HOST'] || '127.0.0.1',
    dataDir: env['DATA_DIR'] || './var',
    databaseUrl: env['DATABASE_URL'] || null,
    publicUrl: publicUrl?.replace(/\/+$/, '') ?? null,
    tls: cert && key ? { cert, key } : null,
    seed: args.includes('--empty') ? 'empty' : args.includes('--demo') ? 'demo' : null,
    appDir: env['APP_DIR'] || defaultAppDir,
    ...(env['APP_WORKER'] === 'off' ? { workerOff: true } : {}),
  });
}

/** Whether only this machine can reach an address: then a demonstration county harms nobody. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
