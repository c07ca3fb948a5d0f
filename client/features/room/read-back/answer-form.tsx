/**
 * An agency's answer: no objection is one press; a condition, an objection or an abstention opens a field for its words. The same form serves the
 * agency's own people and who conducts, who chooses the agency that spoke.
 */
import { useEffect, useRef, useState } from 'react'
import { codesOf, POSITION_KINDS, type PositionKind } from '../../../../shared/codes.ts'
import type { AgencyId } from '../../../../shared/ids.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { useNotices } from '../../../ui/notice.tsx'
import { Select } from '../../../ui/pickers.tsx'
import { useRoom } from '../room-context.tsx'
import { useReadBackTexts } from './use-read-back-texts.ts'

const MAX_WORDS = 2_000

export interface AnswerFormProps {
  title: string
  /** One, or several to choose from. */
  agencies: readonly AgencyId[]
  onAnswer: (agencyId: AgencyId, position: PositionKind, words: string) => Promise<boolean>
  onDone: () => void
  /** It was asked for: what comes next is typed here. */
  takesFocus?: boolean
}

export function AnswerForm({ title, agencies, onAnswer, onDone, takesFocus = false }: AnswerFormProps) {
  const { t, language } = useReadBackTexts()
  const room = useRoom()
  const notify = useNotices()
  const [chosen, setChosen] = useState<AgencyId | null>(agencies.length === 1 ? (agencies[0] ?? null) : null)
  const [position, setPosition] = useState<PositionKind | null>(null)
  const [words, setWords] = useState('')
  const [isTold, setTold] = useState(false)
  const [isSending, setSending] = useState(false)
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    if (takesFocus) place.current?.querySelector('button')?.focus()
  }, [takesFocus])
  useEffect(() => {
    // What opened below is looked at.
    if (takesFocus || position !== null) place.current?.scrollIntoView({ block: 'nearest' })
  }, [takesFocus, position])
  const needsWords = position === 'conditional' || position === 'objects'
  const nameOf = (agencyId: AgencyId) => room.agencies.get(agencyId)?.shortName ?? ''

  const send = async (what: PositionKind, said: string) => {
    if (chosen === null) return
    setSending(true)
    const isTaken = await onAnswer(chosen, what, said)
    setSending(false)
    if (!isTaken) return
    notify(t('answer.sent', { agency: nameOf(chosen) }), 'success')
    onDone()
  }
  const press = (what: PositionKind) => {
    setTold(false)
    if (what === 'agrees') void send(what, '')
    else setPosition(what)
  }
  const finish = () => {
    if (position === null) return
    if (needsWords && words.trim() === '') setTold(true)
    else void send(position, words.trim())
  }

  return (
    <section className="answer-form" aria-label={title} ref={place}>
      <h3 className="part-title">{title}</h3>
      {agencies.length > 1 ? (
        <Select
          label={t('answer.agency')}
          width="medium"
          value={chosen}
          options={agencies.map(agencyId => ({ id: agencyId, label: nameOf(agencyId) }))}
          onChange={setChosen}
        />
      ) : null}
      <fieldset className="answer-choices" aria-label={t('answer.position')}>
        {codesOf(POSITION_KINDS).map(kind => (
          <Button
            key={kind}
            look={position === kind ? 'secondary' : 'tertiary'}
            aria-pressed={kind === 'agrees' ? undefined : position === kind}
            isDisabled={chosen === null || isSending}
            onPress={() => press(kind)}
          >
            {POSITION_KINDS[kind][language]}
          </Button>
        ))}
      </fieldset>
      {position !== null && position !== 'agrees' ? (
        <div className="answer-said">
          <TextField
            key={position}
            label={t(`answer.wordsFor.${position}`)}
            description={t('answer.wordsHint')}
            rows={2}
            autoFocus
            maxLength={MAX_WORDS}
            isRequired={needsWords}
            value={words}
            onChange={setWords}
            errorMessage={isTold && words.trim() === '' ? t('answer.wordsNeeded') : undefined}
            onKeyDown={event => {
              // One press for who types it while others speak; a new line is Shift+Enter.
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
              event.preventDefault()
              finish()
            }}
          />
          <Button look="secondary" isPending={isSending} onPress={finish}>
            {t('answer.send')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
