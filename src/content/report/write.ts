import type { Block } from '#content/block.ts';

type Figure = Extract<Block, { type: 'key-figures' }>['items'][number];

/** Short names for the blocks that the report is written in. */
export const p = (text: string): Block => ({ type: 'paragraph', text });

export const h = (text: string): Block => ({ type: 'heading', level: 2, text });

export const list = (...items: string[]): Block => ({ type: 'list', ordered: false, items });

export const caption = (text: string): Block => ({ type: 'figure', caption: text });

/** Figures set big, each as value, unit, label. */
export const figures = (...items: (readonly [string, string, string])[]): Block => ({
  type: 'key-figures',
  items: items.map(([value, unit, label]): Figure => ({ value, unit, label })),
});
