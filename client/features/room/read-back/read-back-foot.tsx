/** The end of an item: what was confirmed and what has changed since, and, for who conducts, the press that begins the reading. */
import { useState } from 'react'
import type { ConfirmationView } from '../../../../shared/meeting/meeting-view.ts'
import { formatTime } from '../../../lib/format.ts'
import { Button } from '../../../ui/button.tsx'
import { DoneIcon } from '../../../ui/icons.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { keysOf, useShortcut } from '../follow/shortcuts.tsx'
import { useRoom } from '../room-context.tsx'
import { AnswersList } from './answers-list.tsx'
import { ReadBackText } from './read-back-text.tsx'
import type { ReadBack } from './use-read-back.ts'
import { useReadBackTexts } from './use-read-back-texts.ts'
import { answersInWords, changesInWords } from './words.ts'
import './read-back.css'

export function ReadBackFoot({ readBack }: { readBack: ReadBack }) {
  const { t } = useReadBackTexts()
  const { hearing, mayOpen, whyNot } = readBack
  const confirmed = hearing?.confirmed ?? null
  const isRead = hearing?.readBack != null
  const changed = changesInWords(readBack.changedSinceConfirmed, t)
  const label = confirmed ? t('again') : t('open')
  useShortcut({
    code: 'Enter',
    label: isRead ? t('show') : label,
    isDisabled: isRead ? false : !mayOpen || whyNot !== null,
    run: () => (isRead ? readBack.show() : void readBack.open()),
  })
  if (!mayOpen && confirmed === null) return null

  return (
    <section className="item-part read-back-foot" aria-labelledby="read-back-foot-title" data-testid="read-back-foot">
      <h3 className="part-title" id="read-back-foot-title">
        {t('title')}
      </h3>
      {confirmed ? <Confirmed confirmed={confirmed} /> : null}
      {changed.length > 0 ? (
        <Notice tone="warning" title={t('changed')} announce="status">
          {changed.join(', ')}
        </Notice>
      ) : null}
      {mayOpen && !isRead ? (
        <p className="read-begin">
          <Button
            look={confirmed && changed.length === 0 ? 'tertiary' : 'primary'}
            isDisabled={whyNot !== null}
            aria-keyshortcuts={keysOf('Enter').replaceAll('Ctrl', 'Control')}
            onPress={() => void readBack.open()}
          >
            {label}
          </Button>
          <span className="quiet">{whyNot ? t(`whyNot.${whyNot}`) : keysOf('Enter')}</span>
        </p>
      ) : null}
    </section>
  )
}

/** `확인됨 · 1차 · 14:32 · 이견 없음 (조건부: 협의회 “…”)`, and the whole record for who wants to see it. */
function Confirmed({ confirmed }: { confirmed: ConfirmationView }) {
  const { t, language } = useReadBackTexts()
  const { agencies } = useRoom()
  const [isOpen, setOpen] = useState(false)
  const { number, confirmedAt, answers, content } = confirmed
  return (
    <>
      <p className="confirmed-line" data-testid="confirmed">
        <DoneIcon size={20} />
        <span>
          <strong>{t('confirmed', { number, time: formatTime(confirmedAt) })}</strong> ·{' '}
          {answersInWords(answers, t, language, agencyId => agencies.get(agencyId)?.shortName ?? '')}
        </span>
        <Button look="text" size="small" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {t('records')}
        </Button>
      </p>
      {isOpen ? (
        <div className="confirmed-record">
          <ReadBackText content={content} size="small" />
          <AnswersList asked={answers.map(answer => answer.agencyId)} answers={answers} />
        </div>
      ) : null}
    </>
  )
}

/** For who was in the middle of a word when the reading began, or went back to the text. */
export function ReadBackCall({ readBack }: { readBack: ReadBack }) {
  const { t } = useReadBackTexts()
  const current = readBack.hearing?.readBack
  const isWaiting = current != null && !readBack.covers
  return (
    <div role="status">
      {isWaiting ? (
        <p className="read-call">
          <span>{t('begun', { name: current.openedBy })}</span>
          <Button look="primary" size="small" onPress={readBack.show}>
            {t('show')}
          </Button>
        </p>
      ) : null}
    </div>
  )
}
