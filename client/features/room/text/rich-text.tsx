/**
 * One shared text on the screen: a block (discussion, presentation, opinion) or a line (wording of a decision, what an agency will do). The editor
 * is TipTap's core, made once per text and never re-made while it is shown, so that nothing on the page can take the caret away.
 */
import { Editor, Extension } from '@tiptap/core'
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type * as Y from 'yjs'
import type { LinkState } from '../../../room/document-link.ts'
import { commentMarks } from '../../comments/text-marks.ts'
import { useCommentMarks } from '../../comments/use-comment-marks.ts'
import { type Became, becameMarks, withBecame } from './became.ts'
import { extensionsFor } from './extensions.ts'
import { chosenWords, type Promotion, promotionOf, runShortcut } from './keys.ts'
import { pastingProps } from './pasting.ts'
import { paragraphOf, sharedText } from './shared-text.ts'
import { useTextSurroundings } from './surroundings.ts'
import { Toolbar } from './toolbar.tsx'

export interface RichTextProps {
  link: LinkState
  fragment: Y.XmlFragment
  /** Names the editor for the others, e.g. `discussion`. */
  field: string
  /** Its name for screen readers. */
  label: string
  placeholder: string
  variant: 'block' | 'line'
  editable: boolean
  toolbar?: boolean
  became?: readonly Became[]
  /** Ctrl+Enter and Ctrl+Shift+Enter; the sentence stays where it is. */
  onPromote?: (to: Promotion, words: string) => void
  /** Enter in a line: the person is done here. */
  onEnter?: () => void
  handle?: Ref<RichTextHandle>
  /** Takes the caret once, when it is first shown. */
  startsHere?: boolean
}

export interface RichTextHandle {
  /** The selected words, or those of the paragraph with the caret. */
  words(): string
  /** The caret goes to the end of the text. */
  write(): void
}

/** After so long without a key a person is no longer shown as typing. */
const TYPING_MS = 3_000

export function RichText(props: RichTextProps) {
  const { link, fragment, label, placeholder, variant, editable, toolbar = false, became } = props
  const host = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<Editor | null>(null)
  const [focused, setFocused] = useState(false)
  const around = useTextSurroundings()
  // The editor outlives renders; what it calls back is read at that moment.
  const latest = useRef({ props, around })
  latest.current = { props, around }

  useImperativeHandle(
    props.handle,
    () => ({
      words: () => (editor ? chosenWords(editor) : ''),
      write: () => void editor?.chain().focus('end').scrollIntoView().run(),
    }),
    [editor],
  )

  // Asked for by the press that made this text: what is typed next belongs here.
  const startsHere = useRef(props.startsHere === true)
  useEffect(() => {
    if (editor === null || !startsHere.current) return
    startsHere.current = false
    editor.commands.focus('end')
  }, [editor])

  useEffect(() => {
    const element = host.current
    if (element === null) return
    const line = () => latest.current.around.lineOf(link.document)
    const promote = (to: Promotion) => {
      const { onPromote } = latest.current.props
      const words = chosenWords(made)
      if (onPromote && words !== '' && made.isEditable) onPromote(to, words)
      return onPromote !== undefined
    }
    const noteComposing = () => {
      const place = paragraphOf(fragment, made.state.selection.$from)
      const finish = () => {
        made.view.dom.blur()
        made.view.focus()
      }
      line()?.noteComposition('going-on', place && { place, finish })
      return false
    }
    // A chord pressed while the last syllable is still being composed waits for it to end.
    let waiting: Promotion | null = null
    let typing: ReturnType<typeof setTimeout> | undefined

    // The binding dispatches while the view is still being made.
    let ready = false
    const made = new Editor({
      element,
      injectCSS: false,
      editable: latest.current.props.editable,
      // Rules that rewrite typed text ("- " into a list) surprise people who type quickly; the toolbar and shortcuts are there.
      enableInputRules: variant === 'block',
      enablePasteRules: false,
      extensions: extensionsFor(
        sharedText({
          fragment,
          awareness: link.awareness,
          lookOf: user => latest.current.around.caretLookOf(user),
        }),
      ).concat([Extension.create({ name: 'became', addProseMirrorPlugins: () => [becameMarks(), commentMarks()] })]),
      editorProps: {
        ...pastingProps(remark => latest.current.around.remarkOnPaste(remark)),
        attributes: {
          role: 'textbox',
          'aria-multiline': variant === 'block' ? 'true' : 'false',
          class: `rich-text rich-text-${variant}`,
          spellcheck: 'false',
          lang: 'ko',
        },
        handleKeyDown: (_view, event) => {
          const to = promotionOf(event)
          if (to !== null) {
            waiting = null
            return promote(to)
          }
          if (runShortcut(made, event)) return true
          if (variant === 'line' && event.code === 'Enter') {
            latest.current.props.onEnter?.()
            return true
          }
          return false
        },
        handleDOMEvents: {
          compositionstart: noteComposing,
          compositionupdate: noteComposing,
          compositionend: () => {
            line()?.noteComposition('ended')
            if (waiting !== null) {
              const to = waiting
              // After the editor has read the finished syllable; a key event that still comes takes over.
              setTimeout(() => {
                if (waiting === to) promote(to)
                waiting = null
              }, 50)
            }
            return false
          },
          keydown: (_view, event) => {
            if (event.isComposing) waiting = promotionOf(event)
            return false
          },
          input: () => {
            line()?.setWhereabouts({ typing: true })
            clearTimeout(typing)
            typing = setTimeout(() => line()?.setWhereabouts({ typing: false }), TYPING_MS)
            return false
          },
          focus: () => {
            setFocused(true)
            line()?.setWhereabouts({ field: latest.current.props.field })
            return false
          },
          blur: () => {
            setFocused(false)
            clearTimeout(typing)
            line()?.setWhereabouts({ field: null, typing: false })
            return false
          },
        },
      },
      onTransaction: () => {
        if (ready) markEmpty(made)
      },
    })
    ready = true
    markEmpty(made)
    setEditor(made)
    return () => {
      clearTimeout(typing)
      setEditor(null)
      made.destroy()
    }
    // A text and its binding are made together; what else is shown with it is set below without making it anew.
  }, [fragment, link.awareness, link.document, variant])

  useEffect(() => {
    if (editor && editor.isEditable !== editable) editor.setEditable(editable, false)
  }, [editor, editable])

  useEffect(() => {
    if (editor === null) return
    editor.view.dom.setAttribute('aria-label', label)
    editor.view.dom.setAttribute('data-placeholder', editable ? placeholder : '')
    editor.view.dom.setAttribute('aria-readonly', editable ? 'false' : 'true')
  }, [editor, label, placeholder, editable])

  useEffect(() => {
    if (editor && became) editor.view.dispatch(withBecame(editor.state, became))
  }, [editor, became])

  useCommentMarks(editor, { doc: link.doc, fragment, field: props.field })

  return (
    <div className={`text-box text-box-${variant}${editable ? '' : ' is-read-only'}${focused ? ' is-focused' : ''}`}>
      {toolbar && editable && editor ? <Toolbar editor={editor} label={label} /> : null}
      <div ref={host} className="text-host" />
    </div>
  )
}

/** For the placeholder: an empty text has one empty paragraph. */
function markEmpty(editor: Editor): void {
  const { doc } = editor.state
  const empty = doc.childCount === 1 && doc.firstChild?.isTextblock === true && doc.firstChild.content.size === 0
  editor.view.dom.classList.toggle('is-empty', empty)
}
