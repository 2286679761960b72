import { readonly, ref, type Ref } from 'vue';

/** Body text in CSS px at a browser's ordinary setting (PRODUCT.md: 20, adjustable 18–32). */
export const TEXT_SIZE = { least: 18, usual: 20, most: 32, step: 2 } as const;

const KEY = 'rixue.text-size';
/** Per cent of the browser's own size per px of ours, so that the browser's text zoom still multiplies. */
const PERCENT_PER_PX = 100 / 16;

/**
 * The person's text size, kept on this phone and applied to the root element at once.
 * Call it when the app starts and where it is changed. Without storage it lasts until the page closes.
 */
export function useTextSize(
  options: {
    storage?: Pick<Storage, 'getItem' | 'setItem'> | undefined;
    root?: Pick<HTMLElement, 'style'>;
  } = {},
): { size: Readonly<Ref<number>>; setSize: (px: number) => void } {
  const root = options.root ?? document.documentElement;
  const storage = 'storage' in options ? options.storage : ownStorage();
  const size = ref(clamp(read(storage)));
  apply(root, size.value);

  function setSize(px: number): void {
    size.value = clamp(px);
    apply(root, size.value);
    try {
      storage?.setItem(KEY, String(size.value));
    } catch {
      // Full or forbidden: the size still holds for this visit.
    }
  }
  return { size: readonly(size), setSize };
}

function apply(root: Pick<HTMLElement, 'style'>, px: number): void {
  root.style.fontSize = px === TEXT_SIZE.usual ? '' : `${px * PERCENT_PER_PX}%`;
}

function clamp(px: number): number {
  if (!Number.isFinite(px)) return TEXT_SIZE.usual;
  return Math.min(TEXT_SIZE.most, Math.max(TEXT_SIZE.least, Math.round(px)));
}

function read(storage: Pick<Storage, 'getItem'> | undefined): number {
  try {
    return Number(storage?.getItem(KEY) ?? TEXT_SIZE.usual);
  } catch {
    return TEXT_SIZE.usual;
  }
}

/** Reading the property itself throws where cookies are blocked. */
function ownStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
