/**
 * THIRD_PARTY_NOTICES: every package of the production closure in package-lock.json, and the
 * licence text of each that is installed on all machines. Equal texts are printed once, above
 * them the copyright lines of everyone who uses them. Platform packages (optional) are listed
 * without text, so that the file is the same wherever it is made.
 *
 * Run: `npx tsx scripts/notices.ts`; tests/meta/licences.test.ts fails when the file is stale.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type LockedPackage = { name: string; version: string; licence: string; optional: boolean };

type LockEntry = {
  version?: string;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
  link?: boolean;
};
type Lock = { packages: Record<string, LockEntry> };
type Text = { body: string; owners: Map<string, string[]> };

const root = fileURLToPath(new URL('..', import.meta.url));
const LICENCE_FILE = /^(licen[cs]e|copying)([.-].*)?$/i;
const COPYRIGHT_LINE = /^\s*(copyright\b|\(c\)|©)/i;
const HEAD = `Rixue is published under the MIT licence (LICENSE).
It runs on the packages below, each under its own licence.
`;

/** The production closure: [path below the project, package], sorted by path. */
export function productionPackages(lock: Lock): [string, LockedPackage][] {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !entry.link)
    .map(([path, entry]): [string, LockedPackage] => [
      path,
      {
        name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
        version: entry.version ?? '',
        licence: entry.license ?? 'not stated',
        optional: entry.optional === true,
      },
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The whole file for the lock and node_modules of `folder`. */
export function makeNotices(folder: string = root): string {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as Lock;
  const packages = productionPackages(lock);
  const list = [...new Set(packages.map(([, each]) => label(each)))].join('\n');
  const texts = collectTexts(folder, packages).map(printText).join('\n');
  return `${HEAD}\n${list}\n\n${texts}`;
}

const label = (each: LockedPackage) => `${each.name} ${each.version} (${each.licence})`;

function collectTexts(folder: string, packages: [string, LockedPackage][]): Text[] {
  const texts = new Map<string, Text>();
  for (const [path, each] of packages) {
    if (each.optional) continue;
    const whole = readLicence(join(folder, path));
    if (whole === undefined) continue;
    const lines = whole.replaceAll('\r\n', '\n').split('\n');
    const body = lines
      .filter((line) => !COPYRIGHT_LINE.test(line))
      .join('\n')
      .trim();
    const key = body.replaceAll(/\s+/g, ' ').toLowerCase();
    const text = texts.get(key) ?? { body, owners: new Map<string, string[]>() };
    text.owners.set(
      label(each),
      lines.filter((line) => COPYRIGHT_LINE.test(line)).map((line) => line.trim()),
    );
    texts.set(key, text);
  }
  return [...texts.values()];
}

function readLicence(folder: string): string | undefined {
  try {
    const file = readdirSync(folder)
      .sort()
      .find((name) => LICENCE_FILE.test(name));
    return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8');
  } catch {
    return undefined; // not installed here; the list above still names it
  }
}

function printText({ body, owners }: Text): string {
  const heads = [...owners].map(([name, lines]) =>
    [name, ...lines.map((l) => `  ${l}`)].join('\n'),
  );
  return `${'-'.repeat(72)}\n${heads.join('\n')}\n\n${body}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), makeNotices());
}
