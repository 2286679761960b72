import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const tsx = createRequire(import.meta.url).resolve('tsx/cli');

function convert(args: readonly string[], input: string | Buffer) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [tsx, 'scripts/convert.ts', ...args],
    { cwd: root, input, encoding: 'utf8' },
  );
  return { stdout, stderr, status };
}

describe('npm run convert', () => {
  it('converts line by line and keeps every line ending', () => {
    const { stdout, status } = convert(['--to', 'hant'], '党员干部\r\n\n示范岗里');
    expect([stdout, status]).toEqual(['黨員幹部\r\n\n示範崗裏', 0]);
  });

  it('goes the other way, through a text larger than one chunk', () => {
    const line = '黨員幹部在心裏說：群眾\n';
    const { stdout } = convert(['--to=hans'], line.repeat(20_000));
    expect(stdout).toBe('党员干部在心里说：群众\n'.repeat(20_000));
  });

  it('answers an empty text with an empty text', () => {
    expect(convert(['--to', 'hans'], '')).toMatchObject({ stdout: '', status: 0 });
  });

  it.each([[[]], [['--to', 'jp']], [['--from', 'hans']]])('explains itself for %j', (args) => {
    const { stdout, stderr, status } = convert(args, '');
    expect([stdout, status]).toEqual(['', 2]);
    expect(stderr).toContain('--to hant|hans');
  });
});
