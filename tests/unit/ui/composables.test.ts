import { effectScope } from 'vue';
import { describe, expect, it } from 'vitest';
import { groupIn } from '#ui/use-script.ts';
import { useOnline } from '#ui/useOnline.ts';
import { TEXT_SIZE, useTextSize } from '#ui/useTextSize.ts';
import { useVisible } from '#ui/useVisible.ts';

describe('useTextSize', () => {
  it('keeps the size on the phone and applies it at the next start', () => {
    const storage = memory();
    useTextSize({ storage, root: root() }).setSize(28);
    const next = root();
    expect(useTextSize({ storage, root: next }).size.value).toBe(28);
    expect(next.style.fontSize).toBe('175%');
  });

  it('stays between 18 and 32, whatever is stored', () => {
    for (const [stored, size] of [
      ['400', 32],
      ['2', 18],
      ['x', TEXT_SIZE.usual],
    ] as const)
      expect(useTextSize({ storage: memory(stored), root: root() }).size.value).toBe(size);
  });

  it('works for the visit where storage is forbidden', () => {
    const forbidden = () => {
      throw new Error('SecurityError');
    };
    const { size, setSize } = useTextSize({
      storage: { getItem: forbidden, setItem: forbidden },
      root: root(),
    });
    setSize(24);
    expect(size.value).toBe(24);
  });
});

it('the word for a group reads in the reader’s script, a name in it as it was typed', () => {
  expect(groupIn('hant', '范里一组')).toBe('范里一組');
  expect(groupIn('hans', '鍾屋第二組')).toBe('鍾屋第二组');
});

it('useOnline follows the phone and lets go with its scope', () => {
  const target = Object.assign(new EventTarget(), { navigator: { onLine: true } });
  const scope = effectScope();
  const online = scope.run(() => useOnline(target as unknown as Window));
  target.navigator.onLine = false;
  target.dispatchEvent(new Event('offline'));
  expect(online?.value).toBe(false);
  scope.stop();
  target.navigator.onLine = true;
  target.dispatchEvent(new Event('online'));
  expect(online?.value).toBe(false);
});

it('useVisible follows the page', () => {
  const target = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  const visible = effectScope().run(() => useVisible(target as unknown as Document));
  expect(visible?.value).toBe(true);
  target.visibilityState = 'hidden';
  target.dispatchEvent(new Event('visibilitychange'));
  expect(visible?.value).toBe(false);
});

function root(): Pick<HTMLElement, 'style'> {
  return { style: { fontSize: '' } as CSSStyleDeclaration };
}

function memory(value: string | null = null): Pick<Storage, 'getItem' | 'setItem'> {
  return { getItem: () => value, setItem: (_, next) => (value = next) };
}
