/**
 * The comments beside the item, closed until somebody opens them. What is not resolved stands in the order of the text, then what is about the item as a
 * whole or about words that are gone; what is resolved is folded away.
 */
import { useEffect, useId, useState } from 'react'
import type * as Y from 'yjs'
import { codesOf, NEED_DOMAINS } from '../../../shared/codes.ts'
import { type AnchorPlace, placeOf } from '../../../shared/comments/anchors.ts'
import type { CommentThreadId } from '../../../shared/ids.ts'
import type { CommentThreadView, EarlierComments } from '../../../shared/protocol/comments.ts'
import { formatShortDate } from '../../lib/format.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { CloseIcon, PlusIcon } from '../../ui/icons.tsx'
import { ErrorNotice, Loading } from '../../ui/states.tsx'
import { keysOf } from '../room/follow/shortcuts.tsx'
import { placeOf as addressOf } from '../search/place-of.ts'
import { CommentForm } from './comment-form.tsx'
import { CommentThread } from './comment-thread.tsx'
import { MARGIN_ID, useItemComments } from './comments-context.tsx'
import { useCommentTexts } from './use-comment-texts.ts'
import './comments.css'

/** In the item's head: how many are unresolved, and the way to them. */
export function CommentsButton() {
  const { t } = useCommentTexts()
  const { view, isOpen, show } = useItemComments()
  const open = view?.threads.filter(thread => !thread.isResolved).length ?? 0
  return (
    <Button
      look="tertiary"
      size="small"
      aria-expanded={isOpen}
      aria-controls={isOpen ? MARGIN_ID : undefined}
      aria-keyshortcuts="Control+Alt+M"
      aria-label={isOpen ? t('hide') : t('openLabel', { n: open })}
      // What is chosen in a text stays chosen.
      preventFocusOnPress
      onPress={() => show(!isOpen)}
    >
      {open === 0 ? t('open') : t('openCount', { n: open })}
    </Button>
  )
}

/** @param isCovered something lies over the item that has the keyboard */
export function CommentsMargin({ isCovered }: { isCovered: boolean }) {
  const { isOpen } = useItemComments()
  return isOpen ? <Margin isCovered={isCovered} /> : null
}

function Margin({ isCovered }: { isCovered: boolean }) {
  const { t } = useCommentTexts()
  const comments = useItemComments()
  const { view, error, reload, show, begin, draft, point } = comments
  const titleId = useId()
  const places = usePlaces(comments.doc, view?.threads)
  // What was pointed at is no more once nobody looks.
  useEffect(() => () => point(null), [point])
  const close = () => {
    show(false)
    document.querySelector<HTMLElement>('[aria-keyshortcuts="Control+Alt+M"]')?.focus()
  }
  const open = inOrder(view?.threads.filter(thread => !thread.isResolved) ?? [], places)
  const resolved = view?.threads.filter(thread => thread.isResolved) ?? []
  return (
    // Escape closes it from wherever the keyboard is in it.
    <aside
      id={MARGIN_ID}
      className="comments"
      tabIndex={-1}
      aria-labelledby={titleId}
      data-testid="comments"
      inert={isCovered}
      onKeyDown={event => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return
        event.preventDefault()
        close()
      }}
    >
      <div className="comments-head">
        <h3 id={titleId} className="panel-title">
          {t('title')}
        </h3>
        <IconButton label={t('hide')} onPress={close}>
          <CloseIcon size={18} />
        </IconButton>
      </div>
      <p className="quiet">{t('readers')}</p>
      {error ? (
        <ErrorNotice error={error} actions={<Button onPress={reload}>{t('again')}</Button>} />
      ) : view === undefined ? (
        <Loading words={t('loading')} />
      ) : null}
      {view && view.earlier.length > 0 ? <Earlier earlier={view.earlier} /> : null}
      {view?.mayWrite ? (
        draft ? (
          <CommentForm draft={draft} askable={view.askable} />
        ) : (
          <Button
            look="secondary"
            size="small"
            preventFocusOnPress
            aria-keyshortcuts={keysOf('KeyM').replace('Ctrl', 'Control')}
            onPress={begin}
          >
            <PlusIcon size={18} />
            {t('add')}
          </Button>
        )
      ) : null}
      {view && view.threads.length === 0 && draft === null ? (
        <p className="part-empty">
          {t('empty')} {view.mayWrite ? t('emptyHow') : null}
        </p>
      ) : null}
      {open.length > 0 ? (
        <ol className="comments-list" aria-label={t('thread.list')}>
          {open.map(thread => (
            <CommentThread key={thread.threadId} thread={thread} isThere={places.has(thread.threadId)} />
          ))}
        </ol>
      ) : null}
      {resolved.length > 0 ? (
        <details className="comments-resolved">
          <summary>{t('thread.resolvedList', { n: resolved.length })}</summary>
          <ol className="comments-list">
            {resolved.map(thread => (
              <CommentThread key={thread.threadId} thread={thread} isThere={places.has(thread.threadId)} />
            ))}
          </ol>
        </details>
      ) : null}
    </aside>
  )
}

/** What earlier meetings about the same thing left open, with the way there. */
function Earlier({ earlier }: { earlier: readonly EarlierComments[] }) {
  const { t, language } = useCommentTexts()
  return (
    <section className="comments-earlier" aria-label={t('earlier.title')}>
      <strong>{t('earlier.title')}</strong>
      <ul>
        {earlier.map(({ conferenceId, itemId, title, startsAt, open, waiting }) => (
          <li key={itemId}>
            <a href={addressOf({ conferenceId, itemId, caseId: null })} target="_blank" rel="noreferrer">
              {t('earlier.line', { day: formatShortDate(startsAt, language), title, count: open })}
            </a>
            {waiting > 0 ? <span className="quiet"> {t('earlier.waiting', { n: waiting })}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

type Places = ReadonlyMap<CommentThreadId, AnchorPlace>

/** Letters come and go much faster than anybody reads a margin. */
const LOOK_AGAIN_MS = 300

/** Where each thread's words stand now; one that is not there has none. */
function usePlaces(doc: Y.Doc | undefined, threads: readonly CommentThreadView[] | undefined): Places {
  const [places, setPlaces] = useState<Places>(new Map())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      timer = undefined
      const found = new Map<CommentThreadId, AnchorPlace>()
      for (const { threadId, about, quote } of doc ? (threads ?? []) : []) {
        const place = about && doc && placeOf(doc, about, quote)
        if (place) found.set(threadId, place)
      }
      setPlaces(before => (JSON.stringify([...before]) === JSON.stringify([...found]) ? before : found))
    }
    const soon = () => {
      timer ??= setTimeout(look, LOOK_AGAIN_MS)
    }
    look()
    doc?.on('afterTransaction', soon)
    return () => {
      clearTimeout(timer)
      doc?.off('afterTransaction', soon)
    }
  }, [doc, threads])
  return places
}

const NEEDS: readonly string[] = codesOf(NEED_DOMAINS)

/** The parts of an item from above. */
function rankOf(field: string): number {
  const [part = '', need = ''] = field.split(':')
  if (part === 'opinion') return 1 + NEEDS.indexOf(need) / 100
  return ['presentation', '', 'discussion'].indexOf(part) >= 0 ? ['presentation', '', 'discussion'].indexOf(part) : 3
}

/** As they stand in the text; those about no place of it last. */
function inOrder(threads: readonly CommentThreadView[], places: Places): readonly CommentThreadView[] {
  const rank = ({ threadId, about }: CommentThreadView): [number, number] => {
    const place = places.get(threadId)
    return about && place ? [rankOf(about.field), place.from] : [9, 0]
  }
  return [...threads].sort((a, b) => {
    const [[partA, fromA], [partB, fromB]] = [rank(a), rank(b)]
    return partA - partB || fromA - fromB
  })
}
