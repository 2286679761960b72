declare const __BUILD__: string;

/** A part of the texts of one script (scripts/texts-parts.ts). */
declare module '#texts/*' {
  const texts: Record<string, never>;
  export default texts;
}
