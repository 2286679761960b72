/** System calls of running processes, as strace sees them: what reached the disk, and when. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A call with the moments at which it began and ended, in seconds of the machine's clock. */
export interface Call {
  pid: number;
  name: string;
  /** As strace prints it: descriptors with their paths, texts cut short. */
  args: string;
  began: number;
  ended: number;
}

/** Whether there is a strace here that may look at processes that are not its children. */
export const canTrace = (() => {
  if (spawnSync('strace', ['-o', '/dev/null', 'true']).status !== 0) return false;
  if (process.getuid?.() === 0) return true;
  try {
    return readFileSync('/proc/sys/kernel/yama/ptrace_scope', 'utf8').trim() === '0';
  } catch {
    return true; // a kernel without that module
  }
})();

/** Every process whose parent is `pid`, and itself. */
export function withChildren(pid: number): number[] {
  const isChild = (name: string) => {
    try {
      const status = readFileSync(`/proc/${name}/stat`, 'utf8');
      return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]) === pid;
    } catch {
      return false; // ended while we looked
    }
  };
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return [pid, ...all.filter(isChild).map(Number)];
}

/** Follows `pids` and what they start; the answer ends it and gives the calls in the order of their ends. */
export async function trace(
  pids: readonly number[],
  calls: readonly string[],
  file: string,
): Promise<() => Promise<Call[]>> {
  const to = pids.flatMap((pid) => ['-p', String(pid)]);
  const args = ['-f', '-ttt', '-T', '-y', '-s', '48', '-e', `trace=${calls.join(',')}`];
  const child = spawn('strace', [...args, '-o', file, ...to], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  let said = '';
  await new Promise<void>((done, failed) => {
    child.once('exit', () => failed(new Error(`strace ended: ${said}`)));
    child.stderr.on('data', (text: Buffer) => {
      said += text;
      if (pids.every((pid) => said.includes(`Process ${pid} attached`))) done();
    });
  });
  return async () => {
    child.kill('SIGINT');
    await ended;
    return readCalls(readFileSync(file, 'utf8'));
  };
}

const LINE = /^(\d+) +(\d+\.\d+) (.*)$/;
const WHOLE = /^(\w+)\((.*)\)\s+= .*<(\d+\.\d+)>$/s;
const BEGUN = /^(\w+)\((.*) <unfinished \.\.\.>$/s;
const RESUMED = /^<\.\.\. (\w+) resumed>/;

/** The calls of a file that strace wrote; those that never ended are left out. */
function readCalls(text: string): Call[] {
  const open = new Map<string, Omit<Call, 'ended'>>();
  const calls: Call[] = [];
  for (const line of text.split('\n')) {
    const [, id, at, rest = ''] = LINE.exec(line) ?? [];
    if (id === undefined) continue;
    const [pid, now] = [Number(id), Number(at)];
    const [, whole, wholeArgs = '', took] = WHOLE.exec(rest) ?? [];
    const [, begun, begunArgs = ''] = BEGUN.exec(rest) ?? [];
    const [, resumed] = RESUMED.exec(rest) ?? [];
    const before = resumed && open.get(`${id} ${resumed}`);
    if (whole)
      calls.push({ pid, name: whole, args: wholeArgs, began: now, ended: now + Number(took) });
    else if (begun) open.set(`${id} ${begun}`, { pid, name: begun, args: begunArgs, began: now });
    else if (before) calls.push({ ...before, ended: now });
  }
  return calls;
}

/** Follows running processes from now on; `end` gives the paths of all files that they synced. */
export async function traceSyncs(pids: readonly number[]): Promise<{ end(): Promise<string[]> }> {
  const folder = mkdtempSync(join(tmpdir(), 'rixue-strace-'));
  const end = await trace(pids, ['fdatasync', 'fsync'], join(folder, 'calls'));
  return {
    async end() {
      const calls = await end();
      rmSync(folder, { recursive: true, force: true });
      return calls.map(({ args }) => /<([^>]+)>/.exec(args)?.[1] ?? '');
    },
  };
}
