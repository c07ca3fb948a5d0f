/** What may be pasted or dropped into an editor, and what is said about the rest. */
import type { EditorProps } from '@tiptap/pm/view'
import { readPastedHtml, readPastedText } from '../../../room/pasted-text.ts'

export type PasteRemark =
  | { kind: 'table'; rows: number }
  | { kind: 'image' }
  /** Refused whole, nothing was changed. `most` and `now` in characters. */
  | { kind: 'too-long'; most: number; now: number }

/**
 * Characters in one paste. A thousand printed lines; in UTF-8 some 300 kB, well below the million bytes at which the server refuses an update
 * and with it the line.
 */
export const MOST_PASTED_CHARACTERS = 100_000

export function pastingProps(remark: (remark: PasteRemark) => void): EditorProps {
  const judge = (data: DataTransfer | null): boolean => {
    if (data === null) return false
    const text = data.getData('text/plain')
    const length = text.length
    if (length > MOST_PASTED_CHARACTERS) {
      remark({ kind: 'too-long', most: MOST_PASTED_CHARACTERS, now: length })
      return true
    }
    const hasImage = [...data.files].some(file => file.type.startsWith('image/'))
    if (hasImage && text === '') {
      remark({ kind: 'image' })
      return true
    }
    return data.files.length > 0 && text === ''
  }
  return {
    handlePaste: (_view, event) => judge(event.clipboardData),
    handleDrop: (_view, event, _slice, moved) => !moved && judge(event.dataTransfer),
    transformPastedHTML: html => {
      const read = readPastedHtml(html)
      if (read.rows > 0) remark({ kind: 'table', rows: read.rows })
      else if (read.images > 0) remark({ kind: 'image' })
      return read.html
    },
    transformPastedText: text => {
      const read = readPastedText(text)
      if (read.rows > 0) remark({ kind: 'table', rows: read.rows })
      return read.text
    },
  }
}
