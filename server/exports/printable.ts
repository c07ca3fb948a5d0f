/**
 * What of a text can stand on paper. People paste anything: a file that a word processor refuses, or a line that reads backwards, helps
 * nobody, so by rule:
 *
 *   - a tab is a space; other control characters go, and so do characters that no XML may hold;
 *   - what hides or reorders letters goes (bidirectional controls, zero-width spaces, tags, byte order marks); right-to-left letters stay;
 *   - half of a character is `�`;
 *   - letters and their marks are put together (NFC), so that `ㄱ+ㅏ` typed on another system is `가` in every font. Compatibility Hanja
 *     are left alone: Unicode would make other characters of them, and names are written with them.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
const HIDING =
  /[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu
const HALVES = /\p{Cs}/gu
const NOT_XML = /[\ufffe\uffff]/g
const EXCEPT_COMPATIBILITY_HANJA = /[^\uf900-\ufaff\u{2f800}-\u{2fa1f}]+/gu

/** A text for a line of paper. A line break stays one. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029|\v|\f|\u0085/g, '\n')
    .replace(/\t/g, ' ')
    .replace(CONTROLS, '')
    .replace(HALVES, '�')
    .replace(HIDING, '')
    .replace(NOT_XML, '')
    .replace(EXCEPT_COMPATIBILITY_HANJA, part => part.normalize('NFC'))
}

/** The same in one line. */
export function printableLine(text: string): string {
  return printable(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim()
}

/** A name for a file: nothing that a path, a shell or a header could read otherwise, and short enough for every file system. */
export function fileNameOf(words: string, ending: string): string {
  const name = printableLine(words)
    .replace(/[\\/:*?"<>|%]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  // 255 bytes are what file systems take; a syllable has three.
  let cut = ''
  for (const letter of name) {
    if (Buffer.byteLength(cut + letter) > 180) break
    cut += letter
  }
  return `${cut.trim() || 'dure'}.${ending}`
}
