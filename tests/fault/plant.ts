/**
 * Breaks the code on purpose, one line at a time, in a copy of the work tree, and asks whether the
 * tests of the fault notice: a test that cannot fail proves nothing. The work tree itself is only read.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '#tests/support/source-files.ts';
import type { FaultId } from './ids.ts';
import { PLANTED } from './planted.ts';
import type { Break } from './planted/break.ts';
import { type Outcome, runFaults } from './run.ts';

export type Verdict = { id: FaultId; name: string; state: 'caught' | 'missed'; reason?: string };

/** Not part of the copy: made, installed or kept by a running server. */
const LEFT_OUT = /^(node_modules|dist.*|var|coverage|\.git|\.tmp)$/;

/**
 * Every break of these ids, one verdict an id. A break counts as caught only when the id's tests
 * pass without it and one of them fails with it.
 */
export async function* runPlanted(ids: FaultId[]): AsyncGenerator<Verdict> {
  const wanted = PLANTED.filter((plant) => plant.ids.some((id) => ids.includes(id)));
  if (wanted.length === 0) return;
  const root = copyTree();
  const remove = () => rmSync(root, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const ours = ids.filter((id) => wanted.some((plant) => plant.ids.includes(id)));
    const sound = await runFaults(ours, { root, long: false });
    for (const plant of wanted) yield* tryBreak(root, plant, ids, sound);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** The text with the break in it; throws where its line is not there exactly once. */
export function applyBreak(text: string, { name, find, replace }: Break): string {
  const found = text.split(find).length - 1;
  if (found !== 1) throw new Error(`${name}: its line is there ${found} times, not once: ${find}`);
  return text.replace(find, () => replace);
}

async function* tryBreak(
  root: string,
  plant: Break,
  wanted: FaultId[],
  sound: Outcome[],
): AsyncGenerator<Verdict> {
  const ids = plant.ids.filter((id) => wanted.includes(id));
  const unsound = sound.filter(({ id, standing }) => ids.includes(id) && standing !== 'passed');
  for (const { id, reasons } of unsound) {
    const reason = ['its tests do not pass without the break', ...reasons].join('\n');
    yield { id, name: plant.name, state: 'missed', reason };
  }
  const rest = ids.filter((id) => unsound.every((one) => one.id !== id));
  if (rest.length === 0) return;
  const outcomes = await runBroken(root, plant, rest);
  for (const { id, standing, reasons } of outcomes) {
    if (standing === 'failed') yield { id, name: plant.name, state: 'caught' };
    else yield { id, name: plant.name, state: 'missed', reason: reasons[0] ?? 'every test passed' };
  }
}

async function runBroken(root: string, plant: Break, ids: FaultId[]): Promise<Outcome[]> {
  const file = join(root, plant.file);
  const whole = readFileSync(file, 'utf8');
  writeFileSync(file, applyBreak(whole, plant));
  try {
    if (plant.build) await rebuild(root);
    const outcomes: Outcome[] = [];
    // Each alone: a run ends at its first failure, and a break that hangs everything hangs once an id.
    for (const id of ids)
      outcomes.push(...(await runFaults([id], { root, long: false, strict: true })));
    return outcomes;
  } finally {
    writeFileSync(file, whole);
    if (plant.build) linkBuild(root);
  }
}

function copyTree(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'rixue-planted-')));
  for (const name of readdirSync(repository))
    if (!LEFT_OUT.test(name)) cpSync(join(repository, name), join(root, name), { recursive: true });
  linkPackages(root);
  linkBuild(root);
  return root;
}

/** A folder of links, so that caches written into node_modules stay in the copy. */
function linkPackages(root: string): void {
  const from = join(repository, 'node_modules');
  mkdirSync(join(root, 'node_modules'));
  for (const name of readdirSync(from))
    if (!/^\.(vite|vitest)/.test(name))
      symlinkSync(join(from, name), join(root, 'node_modules', name));
}

function linkBuild(root: string): void {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const built = join(repository, 'dist');
  if (existsSync(built)) symlinkSync(built, join(root, 'dist'));
}

function rebuild(root: string): Promise<void> {
  const child = spawn(process.execPath, ['scripts/setup.mjs', 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return new Promise((done, failed) =>
    child.once('close', (code) =>
      code === 0 ? done() : failed(new Error('The broken copy could not be built.')),
    ),
  );
}
