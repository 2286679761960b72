import { h, type FunctionalComponent } from 'vue';

/** A name that breaks behind its dots before it breaks anywhere else: 阿依古丽·｜买买提江. */
export const CardName: FunctionalComponent<{ name: string }> = ({ name }) =>
  h(
    'span',
    (name.match(/[^·]+·?/g) ?? []).flatMap((part, at) => (at ? [h('wbr'), part] : [part])),
  );
CardName.props = ['name'];
