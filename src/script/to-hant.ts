/// <reference path="./opencc-dict.d.ts" />
import { ConverterBuilder, ConverterFactory } from 'opencc-js/core';
import compatibility from 'opencc-js/dict/CJK_Compatibility_Ideographs';
import HKVariants from 'opencc-js/dict/HKVariants';
import HKVariantsPhrases from 'opencc-js/dict/HKVariantsPhrases';
import STCharacters from 'opencc-js/dict/STCharacters';
import STPhrases from 'opencc-js/dict/STPhrases';
import regionalPhrases from 'opencc-js/dict/STPhrases_GeneratedFromRegionalPhrases';
import { houseCharacters, housePhrases } from './house-table.ts';
import { toHans } from './to-hans.ts';

/**
 * Traditional form of a text for the county: OpenCC `hk`, then the house table. The text is taken
 * through simplified first, because what calls itself traditional is often half converted (干部,
 * 示范) and `hk` alone would leave that.
 *
 * Heavy (about 350 kB brotli): the phone gets this module by `loadToHant()` alone.
 */
export function toHant(text: string): string {
  return house(hongKong(toHans(text)));
}

/** The steps of OpenCC's s2hk.json, from single dictionaries. */
const hongKong = ConverterBuilder({
  from: { cn: [[STPhrases, STCharacters]] },
  to: { hk: [[HKVariantsPhrases, HKVariants]] },
  configs: {
    s2hk: {
      normalizationChain: [[compatibility]],
      segmentation: [STPhrases, regionalPhrases],
      conversionChain: [
        [STPhrases, regionalPhrases, STCharacters],
        [HKVariantsPhrases, HKVariants],
      ],
    },
  },
} as Parameters<typeof ConverterBuilder>[0])({ from: 'cn', to: 'hk' });

const pairs = (rules: typeof houseCharacters) =>
  rules.map(({ from, to }): [string, string] => [from, to]);

const house = ConverterFactory([pairs(houseCharacters)], [pairs(housePhrases)]);
