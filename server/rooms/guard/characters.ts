/** Cuts between the two halves of a character beyond U+FFFF (an emoji, a rare Hanja), which nobody makes by hand. */
import * as Y from 'yjs'

/**
 * Whether a cut before this clock goes between the two halves of a character beyond U+FFFF. Yjs replaces both halves then, but only in the
 * copies that make the cut, so that copies would differ for ever. No editor puts a caret there.
 */
export function splitsCharacter(item: Y.Item, clock: number): boolean {
  return item.content instanceof Y.ContentString && isBetweenHalves(item.content.str, clock - item.id.clock)
}

/** Whether a place in a text is between the halves of a character. */
export function isBetweenHalves(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff
}
