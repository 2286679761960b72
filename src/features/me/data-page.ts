/** A part of what is told of somebody, as the screen and the readable file show it. */
export interface DataGroup {
  key: string;
  title: string;
  rows: readonly DataRow[];
  note?: string;
}

export interface DataRow {
  key: string;
  title: string;
  note?: string;
  state?: { tone: 'green' | 'amber' | 'grey'; words: string };
}

const STYLE =
  'body{max-width:40rem;margin:1rem auto;padding:0 1rem;font:1.25rem/1.6 sans-serif;color:#1f1b17;background:#faf6ee}' +
  'h1,h2{line-height:1.35}h2{margin:1.6rem 0 .2rem;font-size:1.1rem;color:#8f181b}' +
  'ul{margin:0;padding:0;list-style:none}li{padding:.4rem 0;border-bottom:1px solid #dcd1bf}' +
  'small{display:block;color:#564d44}';

/** The readable file: one page of HTML that needs nothing else, in the language of its words. */
export function readableFile(page: {
  language: string;
  title: string;
  made: string;
  groups: readonly DataGroup[];
}): string {
  const title = escaped(page.title);
  const parts = page.groups.map(({ title: head, rows, note }) =>
    [
      `<h2>${escaped(head)}</h2>`,
      `<ul>${rows.map(line).join('\n')}</ul>`,
      ...(note ? [`<p><small>${escaped(note)}</small></p>`] : []),
    ].join('\n'),
  );
  return [
    `<!doctype html>`,
    `<html lang="${page.language}">`,
    `<meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${title}</title><style>${STYLE}</style>`,
    `<h1>${title}</h1><p>${escaped(page.made)}</p>`,
    ...parts,
    `</html>\n`,
  ].join('\n');
}

function line({ title, note, state }: DataRow): string {
  const below = [note, state?.words].filter((words) => words !== undefined).join('　');
  return `<li>${escaped(title)}${below && `<small>${escaped(below)}</small>`}</li>`;
}

/** Names and notes are whatever somebody typed. */
function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
