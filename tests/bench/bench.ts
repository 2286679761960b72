/** What a bench tells: one line each. */
export interface Figure {
  figure: string;
  value: number;
  unit: 'B' | 'ms' | 'requests' | 'syncs' | 'records' | 'bool' | 'files' | '%';
  /** What it is measured against in the same run, and how many times that it is. */
  against?: string;
  ratio?: number;
}

/** Takes a figure as soon as it is known. */
export type Emit = (figure: Figure) => void;

/** A file NAME.bench.ts exports `run`, which measures and emits its figures. */
export interface Bench {
  run(emit: Emit): Promise<void>;
}

/** `value` beside its counterpart. */
export function ratio(value: number, counterpart: number): number {
  return Number((value / counterpart).toFixed(2));
}
