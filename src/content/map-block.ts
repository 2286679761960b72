import type { Block } from './block.ts';

type Convert = (text: string) => string;

/**
 * The block with `convert` applied to every text a person reads, whole text by whole text and in
 * reading order. File names and numbers that are computed with are left alone.
 */
export function mapBlock(block: Block, convert: Convert): Block {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return { ...block, text: convert(block.text) };
    case 'quote':
      return { ...block, text: convert(block.text), ...optional('source', block.source, convert) };
    case 'list':
      return { ...block, items: block.items.map(convert) };
    case 'figure':
      return {
        ...block,
        caption: convert(block.caption),
        ...optional('credit', block.credit, convert),
      };
    case 'audio':
      return { ...block, title: convert(block.title) };
    default:
      return mapFigures(block, convert);
  }
}

/** Every text of a block that a person reads, in reading order. */
export function blockTexts(block: Block): string[] {
  const texts: string[] = [];
  mapBlock(block, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

function mapFigures(
  block: Extract<Block, { type: 'table' | 'key-figures' | 'chart' }>,
  convert: Convert,
): Block {
  switch (block.type) {
    case 'table':
      return {
        ...block,
        ...optional('caption', block.caption, convert),
        head: block.head.map(convert),
        rows: block.rows.map((row) => row.map(convert)),
      };
    case 'key-figures':
      return {
        ...block,
        ...optional('title', block.title, convert),
        items: block.items.map((item) => ({
          ...item,
          value: convert(item.value),
          ...optional('unit', item.unit, convert),
          label: convert(item.label),
        })),
      };
    case 'chart':
      return {
        ...block,
        title: convert(block.title),
        ...optional('unit', block.unit, convert),
        bars: block.bars.map((bar) => ({ ...bar, label: convert(bar.label) })),
      };
  }
}

/** A member that may be missing stays missing. */
function optional<K extends string>(
  key: K,
  text: string | undefined,
  convert: Convert,
): { [P in K]?: string } {
  return text === undefined ? {} : ({ [key]: convert(text) } as { [P in K]: string });
}
