/**
 * The comments of the item that is open: asked for when the item's record changes (the notice that something is new does that), written line by line,
 * and shown beside the item when somebody wants to see them. Texts of the item learn from here what is marked in them.
 */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Editor } from '@tiptap/core'
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type * as Y from 'yjs'
import { must } from '../../../shared/assert.ts'
import { anchorOn, type CommentAnchor, quoteOf } from '../../../shared/comments/anchors.ts'
import type { CommentThreadId } from '../../../shared/ids.ts'
import { type ItemId, idFromBytes } from '../../../shared/ids.ts'
import type { CommentsView, WriteCommentBody } from '../../../shared/protocol/comments.ts'
import { useApi } from '../../lib/services.tsx'
import type { LinkState } from '../../room/document-link.ts'
import { useShortcut } from '../room/follow/shortcuts.tsx'
import { randomBytes, useRoom } from '../room/room-context.tsx'
import { commentsApi } from './comments-api.ts'
import { wordsChosen } from './editor-places.ts'
import type { CommentMark } from './text-marks.ts'
import { useCommentTexts } from './use-comment-texts.ts'

/** A line without its command, which is made when it is first sent. */
export type CommentLine<Body = WriteCommentBody> = Body extends unknown ? Omit<Body, 'command'> : never

/** What somebody is about to say. Kept while they look at another item. */
export interface CommentDraft {
  about: CommentAnchor | null
  quote: string
  kind: 'remark' | 'question'
  text: string
  asked: string | null
  due: string
}

/** By item, for as long as the room is on the screen: being led to another item takes no words away. */
export type CommentDrafts = Map<ItemId, CommentDraft>

export interface ItemComments {
  view: CommentsView | undefined
  error: unknown
  reload: () => void
  isOpen: boolean
  show: (isOpen: boolean) => void
  doc: Y.Doc | undefined
  /** Begins a comment on what is chosen in a text of the item, or on the paragraph with the caret; else on the item as a whole. */
  begin: () => void
  draft: CommentDraft | null
  setDraft: (draft: CommentDraft | null) => void
  /** Asks where the words of a thread are; null takes that back. */
  point: (threadId: CommentThreadId | null) => void
  pointed: CommentThreadId | null
  /** @throws ApiError */
  write: (line: CommentLine) => Promise<void>
}

interface OfTexts {
  doc: Y.Doc
  marks: ReadonlyMap<string, readonly CommentMark[]>
  register: (text: Commentable) => () => void
}

export interface Commentable {
  field: string
  fragment: Y.XmlFragment
  editor: Editor
}

const CommentsContext = createContext<ItemComments | undefined>(undefined)
const TextsContext = createContext<OfTexts | undefined>(undefined)

export const useItemComments = (): ItemComments => must(use(CommentsContext), 'comments')

/** For the texts: undefined outside an item, and for a text of another document. */
export function useCommentsOfText(doc: Y.Doc): OfTexts | undefined {
  const texts = use(TextsContext)
  return texts?.doc === doc ? texts : undefined
}

export const MARGIN_ID = 'comments-margin'

/** Where the keyboard goes on when what it was on is gone. */
export function focusMargin(): void {
  document.getElementById(MARGIN_ID)?.focus({ preventScroll: true })
}

const NO_DRAFT: Omit<CommentDraft, 'about' | 'quote'> = { kind: 'remark', text: '', asked: null, due: '' }

export function CommentsProvider(props: {
  itemId: ItemId
  link: LinkState | null
  drafts: CommentDrafts
  children: ReactNode
}) {
  const { itemId, link, drafts, children } = props
  const { t } = useCommentTexts()
  const doc = link?.doc
  const { view, error, reload, write } = useLines(itemId)
  // With words that wait to be sent it is open again.
  const [isOpen, setOpen] = useState(() => drafts.has(itemId))
  const [draft, keepDraft] = useState(() => drafts.get(itemId) ?? null)
  const [pointed, point] = useState<CommentThreadId | null>(null)
  const texts = useRef(new Set<Commentable>())

  const setDraft = useCallback(
    (next: CommentDraft | null) => {
      keepDraft(next)
      if (next) drafts.set(itemId, next)
      else drafts.delete(itemId)
    },
    [drafts, itemId],
  )
  const register = useCallback((text: Commentable) => {
    texts.current.add(text)
    return () => {
      texts.current.delete(text)
    }
  }, [])
  const mayWrite = view?.mayWrite ?? false
  const begin = useCallback(() => {
    setOpen(true)
    if (!mayWrite) return
    const about = doc ? chosenIn(texts.current) : null
    const quote = doc && about ? (quoteOf(doc, about) ?? '') : ''
    setDraft({ ...(draft ?? NO_DRAFT), about, quote })
  }, [doc, draft, mayWrite, setDraft])
  useShortcut({ code: 'KeyM', label: t('shortcut'), run: begin })

  const threads = view?.threads
  const marks = useMemo(() => {
    const byField = new Map<string, CommentMark[]>()
    for (const { threadId, about, quote, isResolved } of threads ?? []) {
      if (about === null || (isResolved && threadId !== pointed)) continue
      const mark = { threadId, anchor: about, quote, isShown: threadId === pointed }
      byField.set(about.field, [...(byField.get(about.field) ?? []), mark])
    }
    return byField
  }, [threads, pointed])
  const ofTexts = useMemo(() => (doc ? { doc, marks, register } : undefined), [doc, marks, register])
  const value = { view, error, reload, isOpen, show: setOpen, doc, begin, draft, setDraft, point, pointed, write }
  return (
    <CommentsContext value={value}>
      <TextsContext value={ofTexts}>{children}</TextsContext>
    </CommentsContext>
  )
}

/** What stands there, asked again whenever the room's record came anew, and writing one line at a time. */
function useLines(itemId: ItemId) {
  const api = useApi()
  const { view: conference } = useRoom()
  const { conferenceId } = conference
  const queries = useQueryClient()
  const calls = useMemo(() => commentsApi(api), [api])
  const queryKey = useMemo(() => ['comments', conferenceId, itemId], [conferenceId, itemId])
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => calls.open(conferenceId, itemId, queries.getQueryData<CommentsView>(queryKey)),
    staleTime: 0,
    // Nothing of it stays in memory once it is off the screen.
    gcTime: 0,
    retry: false,
  })
  const before = useRef(conference)
  useEffect(() => {
    if (before.current === conference) return
    before.current = conference
    void refetch()
  }, [conference, refetch])

  // The same line sent again after a lost answer keeps its command, so it is written once.
  const unanswered = useRef<{ line: string; command: WriteCommentBody['command'] }>(undefined)
  const write = useCallback(
    async (line: CommentLine) => {
      const same = JSON.stringify(line)
      if (unanswered.current?.line !== same) unanswered.current = { line: same, command: idFromBytes(randomBytes()) }
      const view = await calls.write(conferenceId, itemId, { ...line, command: unanswered.current.command })
      unanswered.current = undefined
      // A look that began before would put the older picture in its place.
      await queries.cancelQueries({ queryKey })
      queries.setQueryData(queryKey, view)
    },
    [calls, conferenceId, itemId, queries, queryKey],
  )
  return { view: data, error, reload: () => void refetch(), write }
}

/** What is chosen in one of the texts, also in one that nobody may write in. */
function chosenIn(texts: ReadonlySet<Commentable>): CommentAnchor | null {
  const selection = window.getSelection()
  const node = selection?.anchorNode
  if (!selection || !node || selection.rangeCount === 0) return null
  for (const { field, fragment, editor } of texts) {
    const { view, state } = editor
    if (!view.dom.contains(node)) continue
    const range = selection.getRangeAt(0)
    const at = (container: Node, offset: number, otherwise: number) =>
      view.dom.contains(container) ? view.posAtDOM(container, offset) : otherwise
    const chosen = view.hasFocus()
      ? state.selection
      : {
          from: at(range.startContainer, range.startOffset, 0),
          to: at(range.endContainer, range.endOffset, state.doc.content.size),
        }
    return anchorOn(fragment, field, wordsChosen(state.doc, chosen)) ?? null
  }
  return null
}
