/** Finds and kills the processes of one browser profile, by /proc: no others are ever touched. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

type Running = { pid: number; parent: number; command: string };

/** A killed process is gone within milliseconds; beyond this something is wrong. */
const GONE_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 10;

/** SIGKILL, at once, to every process with `argument` on its command line and all below them. */
export async function killTree(argument: string): Promise<number> {
  const doomed = treeOf(argument);
  for (const pid of doomed) signal(pid);
  const until = Date.now() + GONE_WITHIN_MS;
  while (doomed.some(lives)) {
    if (Date.now() > until) throw new Error(`still running after SIGKILL: ${doomed.join(' ')}`);
    await sleep(LOOK_EVERY_MS);
  }
  return doomed.length;
}

/** Roots first, so that no browser process can start another child. */
export function treeOf(argument: string): number[] {
  const all = running();
  const found = all.filter((each) => each.command.split('\0').includes(argument));
  const pids = found.map(({ pid }) => pid).filter((pid) => pid !== process.pid);
  for (let at = 0; at < pids.length; at += 1) {
    const children = all.filter(({ parent, pid }) => parent === pids[at] && !pids.includes(pid));
    pids.push(...children.map(({ pid }) => pid));
  }
  return pids;
}

function running(): Running[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/stat`, 'utf8');
        const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
        if (fields[0] === 'Z') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return [{ pid: Number(name), parent: Number(fields[1]), command }];
      } catch {
        return []; // ended while we looked
      }
    });
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const lives = (pid: number) => running().some((each) => each.pid === pid);
