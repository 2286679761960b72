import { h, type FunctionalComponent } from 'vue';
import { wordsOf } from './words-of.ts';

/** A short text that breaks between its words only (base.css, .by-words). */
export const ByWords: FunctionalComponent<{ text: string }> = ({ text }) =>
  h(
    'span',
    { class: 'by-words' },
    wordsOf(text).flatMap((word, at) => (at ? [h('wbr'), word] : [word])),
  );
ByWords.props = ['text'];
