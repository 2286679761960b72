import { h, type FunctionalComponent } from 'vue';
import { wordsOf } from './words-of.ts';

/** A short text that breaks between its words only (base.css, .by-words). */
export const ByWords: FunctionalComponent<{ text: string }> = ({ text }) =>
  h(
    'span',
    { class: 'by-words' },
    wordsOf(text).flatMap((word, at) => (at ? [h('wbr'), unbroken(word)] : [unbroken(word)])),
  );
ByWords.props = ['text'];

/** A space that does not break is one for the eye only: whoever copies or searches finds the text as it is. */
function unbroken(word: string) {
  if (!word.includes('\u00a0')) return word;
  return h('span', { class: 'whole' }, word.replace(/\u00a0/g, ' '));
}
