/** Takes my caret along when somebody else's Enter moves its words into a new paragraph (see caret-after-split.ts). */
import { Plugin, TextSelection } from '@tiptap/pm/state'
import { ySyncPluginKey } from 'y-prosemirror'
import { caretAfterSplit } from '../../../room/caret-after-split.ts'

export function followSplit(): Plugin {
  return new Plugin({
    appendTransaction: (transactions, old, now) => {
      const fromOthers = transactions.some(transaction => transaction.getMeta(ySyncPluginKey)?.isChangeOrigin === true)
      if (!fromOthers || !old.selection.empty || !now.selection.empty) return null
      const { $from: was } = old.selection
      const { $from: is } = now.selection
      if (!was.parent.isTextblock || !is.parent.isTextblock) return null
      const next = is.parent.isTextblock ? is.node(-1).maybeChild(is.index(-1) + 1) : null
      if (!next?.isTextblock) return null
      const at = caretAfterSplit({
        before: was.parent.textBetween(0, was.parentOffset, undefined, ' '),
        behind: was.parent.textBetween(was.parentOffset, was.parent.content.size, undefined, ' '),
        first: is.parent.textBetween(0, is.parent.content.size, undefined, ' '),
        second: next.textBetween(0, next.content.size, undefined, ' '),
      })
      if (at === undefined) return null
      return now.tr.setSelection(TextSelection.create(now.doc, is.after() + 1 + at)).setMeta('addToHistory', false)
    },
  })
}
