/** A phone without a screen as a process of its own: what it trusts is decided before it starts. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface PhoneProcess {
  /** Does one verb of the program at a time; its answer. */
  ask(verb: string): Promise<unknown>;
  end(): Promise<unknown>;
}

const PROGRAM = fileURLToPath(new URL('phone-process.program.ts', import.meta.url));

/** Starts it; `trusted` is a file of certificates that it trusts beside those of the machine. */
export async function startPhoneProcess(
  server: string,
  invitation: string,
  trusted: string,
): Promise<PhoneProcess> {
  const child = fork(PROGRAM, [server, invitation], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted },
  });
  const answer = async () => {
    const ended = new AbortController();
    const gone = once(child, 'exit', ended).then(([code]) => `the phone ended with ${code}`);
    gone.catch(() => undefined); // it answered: nobody waits for its end any more
    const said = once(child, 'message', ended).then(([value]: unknown[]) => value);
    const value = await Promise.race([said, gone]);
    said.catch(() => undefined);
    ended.abort();
    return value;
  };
  const first = await answer();
  if (first !== 'here') throw new Error(`the phone said ${String(first)}`);
  return {
    ask(verb) {
      child.send(verb);
      return answer();
    },
    end: () => endOf(child),
  };
}

/** Kills a child and waits for its end. */
export function endOf(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  return ended;
}
