import type { Block } from '#content/block.ts';
import { blockTexts } from '#content/map-block.ts';

/**
 * Characters a minute. Adults read about 260 Chinese characters a minute silently (Brysbaert 2019,
 * Journal of Memory and Language 109); ours are older and read on a small screen.
 */
const CHARACTERS_A_MINUTE = 200;

/** Whole minutes that these blocks take to read, at least 1. */
export function minutesToRead(blocks: readonly Block[]): number {
  const characters = blocks.reduce((sum, block) => sum + blockTexts(block).join('').length, 0);
  return Math.max(1, Math.round(characters / CHARACTERS_A_MINUTE));
}
