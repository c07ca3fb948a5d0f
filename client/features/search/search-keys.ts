/** Which key asks for search. Told by its place, so that it works while the keyboard is in Hangul mode. */
export interface PressedKey {
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** What has the focus, as far as it matters. */
export interface Focused {
  tagName: string
  isContentEditable?: boolean
}

const TYPED_INTO = new Set(['INPUT', 'TEXTAREA', 'SELECT'])

export function asksForSearch(key: PressedKey, focused: Focused | null): boolean {
  if (key.altKey || key.shiftKey) return false
  const isChord = key.ctrlKey || key.metaKey
  if (key.code === 'KeyK') return isChord && !(key.ctrlKey && key.metaKey)
  if (key.code !== 'Slash' || isChord) return false
  return focused === null || !(TYPED_INTO.has(focused.tagName) || focused.isContentEditable === true)
}
