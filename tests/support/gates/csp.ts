/** what the content security policy has stopped, and what it should not allow. */
import type { BrowserContext } from 'playwright';

export type CspWatch = { offences(): string[] };

const BLOCKED = /Content Security Policy|Trusted Type/i;

/** Watches all pages and their workers from now on; start it before the first page is opened. */
export async function watchCsp(context: BrowserContext): Promise<CspWatch> {
  const found: string[] = [];
  context.on('console', (message) => {
    if (BLOCKED.test(message.text())) found.push(message.text().replace(/\s+/g, ' '));
  });
  await context.exposeBinding('reportCspViolation', (_, text: string) => found.push(text));
  await context.addInitScript(() => {
    const { reportCspViolation } = window as unknown as {
      reportCspViolation: (text: string) => void;
    };
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event;
      reportCspViolation(
        `${effectiveDirective} stopped ${blockedURI} (${sourceFile}:${lineNumber})`,
      );
    });
  });
  return { offences: () => [...new Set(found)] };
}

/** What is wrong with a policy; `undefined` = there is none. */
export function weakPolicy(header: string | undefined): string[] {
  if (!header) return ['no content security policy'];
  const rules = new Map(
    header
      .split(';')
      .map((each) => each.trim().split(/\s+/))
      .map(([name = '', ...sources]) => [name, sources]),
  );
  const scripts = rules.get('script-src') ?? rules.get('default-src');
  return [
    ...(scripts ? [] : ['scripts from anywhere']),
    ...(scripts ?? []).filter((each) => /^(\*|https?:|data:|blob:)/.test(each)).map(allows),
    ...[...rules.values()]
      .flat()
      .filter((each) => each.startsWith("'unsafe-"))
      .map(allows),
    ...['object-src', 'base-uri', 'frame-ancestors']
      .filter((name) => !rules.has(name) && !(name === 'object-src' && rules.has('default-src')))
      .map((name) => `no ${name}`),
  ];
}

const allows = (source: string) => `allows ${source}`;
