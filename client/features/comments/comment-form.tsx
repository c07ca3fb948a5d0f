/** A new comment, or a question to an agency. What it is about stands above it; what can't be sent says why before it is sent. */
import { type AgencyId, parseId } from '../../../shared/ids.ts'
import { type AskableAgency, COMMENT_TEXT_MAX } from '../../../shared/protocol/comments.ts'
import { addWorkingDays, dayInSeoul } from '../../../shared/working-days.ts'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../../ui/date-fields.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useMeeting } from '../room/meeting-context.tsx'
import { type CommentDraft, type CommentLine, useItemComments } from './comments-context.tsx'
import { useCommentTexts } from './use-comment-texts.ts'

/** Proposed for an answer: long enough to ask a colleague, before the next meeting. */
const ANSWER_WITHIN_WORKING_DAYS = 3

/** Sending one line: what went wrong, and that it is under way. */
export function useSending() {
  const { write } = useItemComments()
  const { error, isPending, run } = useCommand()
  return {
    error,
    isPending,
    /** @returns whether it was written */
    send: (line: CommentLine): Promise<boolean> => run(() => write(line)),
  }
}

/** Why these words can't be sent; undefined when they can, or there are none yet. */
export function useTooLong(text: string): string | undefined {
  const { t } = useCommentTexts()
  const now = text.trim().length
  return now > COMMENT_TEXT_MAX ? t('form.tooLong', { most: COMMENT_TEXT_MAX, now }) : undefined
}

export function CommentForm({ draft, askable }: { draft: CommentDraft; askable: readonly AskableAgency[] }) {
  const { t } = useCommentTexts()
  const { setDraft } = useItemComments()
  const { serverNow } = useMeeting()
  const { send, error, isPending } = useSending()
  const tooLong = useTooLong(draft.text)
  const { about, quote, kind, text, asked } = draft
  const today = dayInSeoul(serverNow())
  const due = draft.due === '' ? addWorkingDays(today, ANSWER_WITHIN_WORKING_DAYS) : draft.due
  const change = (part: Partial<CommentDraft>) => setDraft({ ...draft, ...part })
  const agencyId = askable.find(agency => agency.agencyId === asked)?.agencyId ?? null
  const isReady = text.trim() !== '' && tooLong === undefined && (kind === 'remark' || agencyId !== null)

  async function leave() {
    const words = text.trim()
    const line = lineOf(words, agencyId)
    if (line && (await send(line))) setDraft(null)
  }
  function lineOf(words: string, to: AgencyId | null): CommentLine | undefined {
    if (kind === 'remark') return { kind, about, text: words }
    return to === null ? undefined : { kind, about, text: words, asked: to, due }
  }

  return (
    <section className="comment-form" aria-label={t('form.title')}>
      {about === null ? (
        <p className="quiet">{t('form.whole')}</p>
      ) : (
        <>
          <p className="quiet">{t('form.about')}</p>
          <blockquote className="comment-quote">{quote}</blockquote>
          <Button look="text" size="small" onPress={() => change({ about: null, quote: '' })}>
            {t('form.toWhole')}
          </Button>
        </>
      )}
      {askable.length > 0 ? (
        <Choice
          label={t('form.kind')}
          value={kind}
          onChange={next => change({ kind: next })}
          options={[
            { id: 'remark', label: t('form.remark') },
            { id: 'question', label: t('form.question') },
          ]}
        />
      ) : null}
      {kind === 'question' ? (
        <>
          <Select
            label={t('form.agency')}
            description={t('form.agencyHow')}
            placeholder={t('form.chooseAgency')}
            value={agencyId}
            options={askable.map(({ agencyId: id, name, sees }) => ({
              id,
              label: name,
              ...(sees === 'on-arrival' && { detail: t('form.later') }),
            }))}
            onChange={next => change({ asked: parseId<AgencyId>(next) ?? null })}
          />
          <DayField label={t('form.due')} value={due} onChange={next => change({ due: next })} />
        </>
      ) : null}
      <TextField
        label={t(kind === 'remark' ? 'form.text' : 'form.questionText')}
        rows={3}
        value={text}
        onChange={next => change({ text: next })}
        errorMessage={tooLong}
        autoFocus
      />
      {error ? <ErrorNotice error={error} /> : null}
      <div className="row">
        <Button look="primary" size="small" isDisabled={!isReady} isPending={isPending} onPress={() => void leave()}>
          {t('form.send')}
        </Button>
        <Button look="text" size="small" onPress={() => setDraft(null)}>
          {t('form.cancel')}
        </Button>
      </div>
    </section>
  )
}
