/** Keyboard of an editor, matched by the place of the key (`event.code`), so that it works while the keyboard is in Hangul mode. */
import type { Editor } from '@tiptap/core'
import { redo, undo } from 'y-prosemirror'

export type Promotion = 'decision' | 'action'

/** Ctrl+Enter and Ctrl+Shift+Enter. */
export function promotionOf(event: KeyboardEvent): Promotion | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  if (event.code !== 'Enter' && event.code !== 'NumpadEnter') return null
  return event.shiftKey ? 'action' : 'decision'
}

/** Runs the command of a shortcut; false when the event is none. */
export function runShortcut(editor: Editor, event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey)) return false
  const chain = () => editor.chain().focus()
  if (event.altKey) {
    const level = { Digit1: 1, Digit2: 2, Digit3: 3 }[event.code]
    return level === 1 || level === 2 || level === 3 ? chain().toggleHeading({ level }).run() : false
  }
  switch (`${event.shiftKey ? 'Shift+' : ''}${event.code}`) {
    case 'KeyB':
      return chain().toggleBold().run()
    case 'KeyI':
      return chain().toggleItalic().run()
    case 'KeyU':
      return chain().toggleUnderline().run()
    case 'KeyZ':
      undo(editor.state)
      return true
    case 'KeyY':
    case 'Shift+KeyZ':
      redo(editor.state)
      return true
    case 'Shift+Digit8':
      return chain().toggleBulletList().run()
    case 'Shift+Digit7':
      return chain().toggleOrderedList().run()
    default:
      return false
  }
}

/** The selected words, or, with nothing selected, those of the paragraph that the caret is in. One line. */
export function chosenWords(editor: Editor): string {
  const { selection, doc } = editor.state
  const text = selection.empty
    ? selection.$from.parent.textContent
    : doc.textBetween(selection.from, selection.to, ' ', ' ')
  return text.replace(/\s+/g, ' ').trim()
}
