/** Binds one text of the item to its comments: it can be commented on, and shows where comments stand. */
import type { Editor } from '@tiptap/core'
import { useEffect, useRef } from 'react'
import type * as Y from 'yjs'
import { useCommentsOfText } from './comments-context.tsx'
import { type CommentMark, withCommentMarks } from './text-marks.ts'

const NONE: readonly CommentMark[] = []

/** While somebody types, marks move along by the editor's own reckoning; when they rest, the shared text is asked again. */
const LOOK_AGAIN_MS = 1_000

export function useCommentMarks(
  editor: Editor | null,
  { doc, fragment, field }: { doc: Y.Doc; fragment: Y.XmlFragment; field: string },
): void {
  const comments = useCommentsOfText(doc)
  const register = comments?.register
  useEffect(() => {
    if (editor && register) return register({ editor, fragment, field })
  }, [editor, register, fragment, field])
  const marks = comments ? (comments.marks.get(field) ?? NONE) : undefined
  const hadMarks = useRef(false)
  useEffect(() => {
    if (!editor || !marks || (marks.length === 0 && !hadMarks.current)) return
    hadMarks.current = marks.length > 0
    const show = () => editor.view.dispatch(withCommentMarks(editor.state, doc, marks))
    show()
    if (marks.length === 0) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        if (!editor.isDestroyed && !editor.view.composing) show()
      }, LOOK_AGAIN_MS)
    }
    fragment.observeDeep(later)
    return () => {
      clearTimeout(timer)
      fragment.unobserveDeep(later)
    }
  }, [editor, doc, fragment, marks])
}
