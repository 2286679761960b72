const SEPARATORS = ['\t', ',', ';'] as const;

/**
 * The text of a file: UTF-8 (with or without its mark), UTF-16 with its mark (Excel's "Unicode text"),
 * else GB18030, which Excel in Chinese writes. Null where it is no text.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const text = decoder(bytes).decode(bytes);
  return text.includes('\0') ? null : text;
}

function decoder(bytes: Uint8Array): TextDecoder {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  try {
    utf8.decode(bytes);
    return new TextDecoder('utf-8');
  } catch {
    return new TextDecoder('gb18030');
  }
}

/** Rows and cells of CSV (RFC 4180) or of text with tabs; quotes that never end are letters. */
export function textCells(text: string): string[][] {
  const line = text.slice(0, (text.search(/[\r\n]/) + 1 || text.length + 1) - 1);
  const separator = SEPARATORS.find((one) => line.includes(one)) ?? ',';
  return (
    quotedCells(text, separator) ?? text.split(/\r\n|\r|\n/).map((row) => row.split(separator))
  );
}

/** Null where a quote is open at the end. */
function quotedCells(text: string, separator: string): string[][] | null {
  const rows: string[][] = [[]];
  let [cell, quoted] = ['', false];
  const endCell = () => {
    rows[rows.length - 1]?.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted && char === '"' && text[at + 1] === '"') cell += text[(at += 1)];
    else if (char === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (quoted) cell += char;
    else if (char === separator) endCell();
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at += 1;
      endCell();
      rows.push([]);
    } else cell += char;
  }
  endCell();
  return quoted ? null : rows;
}
