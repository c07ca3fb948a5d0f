/** One thread: what it is about, what was said, and what can be done. Nothing that stands there can be changed. */
import { useState } from 'react'
import type { CommentLineView, CommentThreadView } from '../../../shared/protocol/comments.ts'
import { dayInSeoul } from '../../../shared/working-days.ts'
import { formatShortDate, formatShortDay, formatTime } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { AgencyChip, Chip } from '../../ui/chips.tsx'
import { TextField } from '../../ui/fields.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { goToPlace } from '../room/follow/places.ts'
import { useMeeting } from '../room/meeting-context.tsx'
import { useRoom } from '../room/room-context.tsx'
import { useSending, useTooLong } from './comment-form.tsx'
import { focusMargin, useItemComments } from './comments-context.tsx'
import { SHOWN_CLASS } from './text-marks.ts'
import { useCommentTexts } from './use-comment-texts.ts'

/** Of a long conversation the beginning and this many of its last lines stand there at once. */
const LAST_LINES = 2

export function CommentThread({ thread, isThere }: { thread: CommentThreadView; isThere: boolean }) {
  const { t } = useCommentTexts()
  const { view, point } = useItemComments()
  const [isWhole, setWhole] = useState(false)
  const [isReplying, setReplying] = useState(false)
  const { send, error, isPending } = useSending()
  const { threadId, isResolved, mayResolve } = thread
  const mayWrite = view?.mayWrite ?? false
  const [opening, ...rest] = thread.lines
  const hidden = isWhole ? 0 : Math.max(rest.length - LAST_LINES, 0)
  if (opening === undefined) return null
  async function mark() {
    if (!(await send({ kind: isResolved ? 'reopened' : 'resolved', threadId }))) return
    // It stands in the other list now, and the button that had the focus is gone.
    point(null)
    focusMargin()
  }
  return (
    <li className={`comment-thread${thread.isWaiting ? ' is-waiting' : ''}`} data-testid="comment-thread">
      <About thread={thread} isThere={isThere} />
      <Asked thread={thread} />
      <Said line={opening} />
      {hidden > 0 ? (
        <Button look="text" size="small" onPress={() => setWhole(true)}>
          {t('thread.more', { n: hidden })}
        </Button>
      ) : null}
      {rest.slice(hidden).map(line => (
        <Said key={line.lineId} line={line} />
      ))}
      {error ? <ErrorNotice error={error} /> : null}
      {isReplying && mayWrite && !isResolved ? (
        <Reply thread={thread} onDone={() => setReplying(false)} />
      ) : (
        <div className="row comment-tools">
          {mayWrite && !isResolved ? (
            <Button look="tertiary" size="small" onPress={() => setReplying(true)}>
              {t('thread.reply')}
            </Button>
          ) : null}
          {mayResolve ? (
            <Button look="text" size="small" isPending={isPending} onPress={() => void mark()}>
              {t(isResolved ? 'thread.reopen' : 'thread.resolve')}
            </Button>
          ) : null}
        </div>
      )}
    </li>
  )
}

/** The words that it is about, with the way to them; or that they are gone. */
function About({ thread: { threadId, about, quote }, isThere }: { thread: CommentThreadView; isThere: boolean }) {
  const { t } = useCommentTexts()
  const { point } = useItemComments()
  if (about === null) return <p className="quiet">{t('thread.whole')}</p>
  const { field } = about
  const go = () => {
    point(threadId)
    const part = /^(presentation|discussion)$/.test(field)
      ? field
      : field.startsWith('opinion:')
        ? 'opinions'
        : 'decisions'
    // Once the words are marked they are gone to; until then the part that holds them is near enough.
    requestAnimationFrame(() => {
      if (!goToWords()) goToPlace(part)
    })
  }
  return (
    <div className="comment-about">
      <blockquote className={`comment-quote${isThere ? '' : ' is-gone'}`}>{quote}</blockquote>
      {isThere ? (
        <Button look="text" size="small" aria-label={t('thread.showLabel', { words: quote.slice(0, 40) })} onPress={go}>
          {t('thread.show')}
        </Button>
      ) : (
        <p className="quiet">{t('thread.lost')}</p>
      )}
    </div>
  )
}

/** Scrolls the open item, and nothing around it, until the marked words are in its view. False while none are marked. */
function goToWords(): boolean {
  const view = document.querySelector('#main .item-scroll')
  const words = view?.querySelector(`.${SHOWN_CLASS}`)
  if (!view || !words) return false
  const [inside, at] = [view.getBoundingClientRect(), words.getBoundingClientRect()]
  // What may lie over the lower half is the margin itself.
  if (at.top < inside.top || at.bottom > inside.top + inside.height * 0.4) {
    view.scrollTop += at.top - inside.top - inside.height * 0.2
  }
  return true
}

function Asked({ thread: { asked, isWaiting, isResolved } }: { thread: CommentThreadView }) {
  const { t, language } = useCommentTexts()
  const { serverNow } = useMeeting()
  const { me } = useRoom()
  if (asked === null) return null
  const day = formatShortDay(asked.due, language)
  const isLate = isWaiting && asked.due < dayInSeoul(serverNow())
  return (
    <p className="comment-asked">
      <span>
        {asked.agencyId === me.agencyId ? t('thread.toUs', { day }) : t('thread.to', { agency: asked.shortName, day })}
      </span>
      {isResolved ? null : isLate ? (
        <Chip tone="danger">{t('thread.late')}</Chip>
      ) : (
        <Chip tone={isWaiting ? 'warning' : 'success'}>{t(isWaiting ? 'thread.waiting' : 'thread.answered')}</Chip>
      )}
    </p>
  )
}

function Said({ line: { kind, by, at, text } }: { line: CommentLineView }) {
  const { t, language } = useCommentTexts()
  const when = `${formatShortDate(at, language)} ${formatTime(at)}`
  if (kind === 'resolved' || kind === 'reopened') {
    return <p className="quiet">{t(`thread.${kind}By`, { name: by.name, at: when })}</p>
  }
  return (
    <div className={`comment-said is-${kind}`}>
      <p className="comment-by">
        {by.agency ? <AgencyChip {...by.agency} /> : null} <strong>{by.name}</strong>{' '}
        <time className="quiet" dateTime={at}>
          {when}
        </time>
      </p>
      <p className="comment-text" dir="auto">
        {text}
      </p>
    </div>
  )
}

function Reply({ thread: { threadId }, onDone }: { thread: CommentThreadView; onDone: () => void }) {
  const { t } = useCommentTexts()
  const [text, setText] = useState('')
  const { send, error, isPending } = useSending()
  const tooLong = useTooLong(text)
  const words = text.trim()
  async function leave() {
    if (await send({ kind: 'reply', threadId, text: words })) onDone()
  }
  return (
    <div className="comment-form">
      <TextField
        label={t('thread.replyText')}
        rows={2}
        value={text}
        onChange={setText}
        errorMessage={tooLong}
        autoFocus
      />
      {error ? <ErrorNotice error={error} /> : null}
      <div className="row">
        <Button
          look="primary"
          size="small"
          isDisabled={words === '' || tooLong !== undefined}
          isPending={isPending}
          onPress={() => void leave()}
        >
          {t('thread.send')}
        </Button>
        <Button look="text" size="small" onPress={onDone}>
          {t('form.cancel')}
        </Button>
      </div>
    </div>
  )
}
