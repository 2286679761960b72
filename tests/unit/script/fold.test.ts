import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '#script/fold.ts';
import { toHans } from '#script/to-hans.ts';

describe('fold', () => {
  it('finds a word typed in either script, width and case', () => {
    const key = fold('縣裏「雲」上 黨支部，ＱＲ Code：看著答覆');
    for (const query of ['县里云上', '雲上黨', 'qr code', 'ＱＲ', '看着答复', '答覆', '裡雲']) {
      expect(key).toContain(fold(query));
    }
  });

  it.each(['·', '•', '・', '･', '‧', '∙', '⋅', '．', '.', ''])(
    'finds a name by its parts, whichever dot %j stands between them',
    (dot) => {
      expect(fold(`阿卜杜${dot}艾力`)).toBe(fold('阿卜杜·艾力'));
    },
  );

  it('gives every part of a text a key that is part of the whole one', () => {
    const han = fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code));
    fc.assert(
      fc.property(fc.array(han), fc.array(han), fc.array(han), (before, part, after) => {
        const whole = fold([...before, ...part, ...after].join(''));
        expect(whole).toContain(fold(part.join('')));
      }),
      { seed: 20210411, numRuns: 300 },
    );
  });
});

describe('toHans', () => {
  it('leaves simplified text as it is', () => {
    const text = '党员干部在乾隆桥边的著名书店里看著作，了望台上系着旗';
    expect(toHans(text)).toBe(text);
  });

  it('reads the forms that t2s alone leaves', () => {
    expect(toHans('衞生、敍述、櫃枱、説話、羣眾、裡裏')).toBe('卫生、叙述、柜台、说话、群众、里里');
  });
});
