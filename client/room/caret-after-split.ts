/**
 * Where my caret belongs after somebody else split my paragraph before it. In the shared text the second half of a split is a new paragraph with new
 * letters, so a caret in it is left behind at the end of the first half; by the words it can be brought to where its words went.
 */
export interface SplitParagraph {
  /** The paragraph's words before and behind my caret, as they were. */
  before: string
  behind: string
  /** The words of the paragraph that the caret is left in, and of the one after it. */
  first: string
  second: string
}

/** The place in the second paragraph (letters from its start), or undefined when this was no such split. */
export function caretAfterSplit({ before, behind, first, second }: SplitParagraph): number | undefined {
  if (second === '' || first + second !== before + behind) return undefined
  // A split behind the caret, or at it with the caret staying at the end of the first half, is where the editor leaves it already.
  return first.length <= before.length && behind.length <= second.length ? before.length - first.length : undefined
}
