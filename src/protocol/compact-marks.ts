/** The bytes of compact.ts and the limits that both sides keep to. Frozen: phones have them. */
export const COMPACT_MARK = 0xb1;

export const MARKS = {
  null: 0x00,
  false: 0x01,
  true: 0x02,
  natural: 0x03,
  negative: 0x04,
  float: 0x05,
  text: 0x06,
  uuid: 0x07,
  base64: 0x08,
  person: 0x09,
  again: 0x0a,
  utf16: 0x0b,
  array: 0x0c,
  object: 0x0d,
  word: 0x20,
  small: 0x80,
} as const;

/** Numbers up to this take one byte. */
export const SMALL_MAX = 0x7f;
/** Longer texts hardly come twice, and one that came a million times would fill the memory. */
export const SHARED_MAX = 64;
export const SHARED_COUNT = 4_096;
/** A message nests 7 deep; bodies of records a little more. */
export const DEPTH_MAX = 32;

export const PERSON = 'person:';

/**
 * Names and words of messages, one byte each. Their order is the wire form: words are only ever
 * added at the end, 96 at most.
 */
export const WORDS: readonly string[] = (
  'v device epoch cursors want own records seals scope view n tag upTo head signature ' +
  'id kind subject author seq day at offset offsetAge salt body confirm ' +
  'now results pages grants more from to code reason rows cursor reset role knows ' +
  'self member desk review admin ok dup later to-confirm invalid forbidden ' +
  'activity check-in state how replaces present online leave none tap scan type title place starts ' +
  'study consent invitation branch about presence-key notice names hans hant group card hash expires ' +
  'secretary committee reviewer administrator error erased'
).split(' ');
