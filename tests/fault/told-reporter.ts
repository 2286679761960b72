/**
 * Tells what became of each test file as soon as it is known, a line of JSON each, into the file that
 * RIXUE_TOLD names: a run that is cut off at its limit has still said what it found.
 */
import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** A file of tests that has ended. `message`: why it could not be loaded or set up. */
export interface ToldFile {
  name: string;
  message: string;
  tests: { titles: string[]; status: string; messages: string[] }[];
}

export default class ToldReporter implements Reporter {
  onTestModuleEnd(module: TestModule): void {
    const told = process.env['RIXUE_TOLD'];
    if (told) appendFileSync(told, `${JSON.stringify(toldOf(module))}\n`);
  }
}

function toldOf(module: TestModule): ToldFile {
  const tests = [...module.children.allTests()].map((test) => {
    const { state, errors = [] } = test.result();
    const messages = errors.map(({ message, stack }) => stack ?? message);
    return { titles: titlesOf(test), status: state, messages };
  });
  const message = module
    .errors()
    .map((error) => error.stack ?? error.message)
    .join('\n');
  return { name: module.moduleId, message, tests };
}

/** Its own name and those of what it is in, the outermost first. */
function titlesOf(test: { name: string; parent: unknown }): string[] {
  const titles = [test.name];
  let within = test.parent as { name?: string; parent?: unknown; type?: string };
  while (within.type === 'suite') {
    titles.unshift(within.name ?? '');
    within = within.parent as typeof within;
  }
  return titles;
}
