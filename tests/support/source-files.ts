/** The repository's own sources as text, for the tests about the repository itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export type SourceFile = {
  /** Path from the repository's root, with `/`. */
  path: string;
  text: string;
};
export type FoundImport = { specifier: string; line: number };

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/** All files below `folder` (from the root) whose names end as wanted; [] where it is missing. */
export function sourceFiles(folder: string, ends: string[] = ['.ts', '.vue']): SourceFile[] {
  return walk(join(repository, folder))
    .filter((path) => ends.some((end) => path.endsWith(end)))
    .map((path) => ({
      path: relative(repository, path).split(sep).join('/'),
      text: readFileSync(path, 'utf8'),
    }));
}

/**
 * Every module that a text names: static, type-only, re-export, bare and dynamic imports, and
 * `import('…')` types. Comments are taken out first. It reads no syntax tree on purpose: it is
 * the second pair of eyes beside the lint rule, which does.
 */
export function findImports(text: string): FoundImport[] {
  const code = withoutComments(text);
  return [...code.matchAll(IMPORT)].map((match) => ({
    specifier: match[1] ?? match[2] ?? match[3] ?? '',
    line: code.slice(0, match.index).split('\n').length,
  }));
}

const IMPORT =
  /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"`]([^'"`]+)['"`]/g;

/** Strings first, so that `//` inside one is no comment; line breaks stay, for the line numbers. */
const STRING_OR_COMMENT =
  /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g;

function withoutComments(text: string): string {
  return text.replaceAll(
    STRING_OR_COMMENT,
    (all, string?: string) => string ?? all.replaceAll(/[^\n]/g, ' '),
  );
}

function walk(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.name === 'node_modules' || entry.name.startsWith('dist')) return [];
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(path) : [path];
    });
  } catch {
    return [];
  }
}
