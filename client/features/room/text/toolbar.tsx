/** Bold, list, heading: what minutes need. Small, above the text, one tab stop with arrow keys between. */
import type { Editor } from '@tiptap/core'
import { useEffect, useReducer } from 'react'
import { Toolbar as AriaToolbar, ToggleButton } from 'react-aria-components'
import { useRoomTexts } from '../i18n/use-room-texts.ts'

export function Toolbar({ editor, label }: { editor: Editor; label: string }) {
  const { t } = useRoomTexts()
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const state = { bold: false, list: false, heading: false }
    const look = () => {
      const next = {
        bold: editor.isActive('bold'),
        list: editor.isActive('bulletList'),
        heading: editor.isActive('heading'),
      }
      // Drawn again only when a button changes, not on each key.
      if (next.bold !== state.bold || next.list !== state.list || next.heading !== state.heading) {
        Object.assign(state, next)
        redraw()
      }
    }
    editor.on('selectionUpdate', look)
    editor.on('update', look)
    return () => {
      editor.off('selectionUpdate', look)
      editor.off('update', look)
    }
  }, [editor])

  const chain = () => editor.chain().focus()
  return (
    <AriaToolbar aria-label={t('text.toolbar', { label })} className="text-toolbar">
      <ToggleButton
        className="text-tool"
        isSelected={editor.isActive('bold')}
        onChange={() => chain().toggleBold().run()}
        aria-label={`${t('text.bold')} (Ctrl+B)`}
      >
        <b>{t('text.boldShort')}</b>
      </ToggleButton>
      <ToggleButton
        className="text-tool"
        isSelected={editor.isActive('bulletList')}
        onChange={() => chain().toggleBulletList().run()}
        aria-label={`${t('text.list')} (Ctrl+Shift+8)`}
      >
        {t('text.list')}
      </ToggleButton>
      <ToggleButton
        className="text-tool"
        isSelected={editor.isActive('heading')}
        onChange={() => chain().toggleHeading({ level: 3 }).run()}
        aria-label={`${t('text.heading')} (Ctrl+Alt+3)`}
      >
        {t('text.heading')}
      </ToggleButton>
    </AriaToolbar>
  )
}
