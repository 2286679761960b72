/** An expected outcome as a value: what went well, or the code of what did not. Bugs throw instead. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

/** Wraps what went well. */
export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** Wraps an expected failure; `error` is usually a dotted code that locales/ has a text for. */
export function fail<E>(error: E): { ok: false; error: E } {
  return { ok: false, error };
}
