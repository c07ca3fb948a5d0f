/**
 * Reading back: the middle in large type, the agencies that are asked with their answers, and the press that says that nobody (else) differs. The
 * item's own text stays where it was beneath.
 */
import { useEffect, useRef, useState } from 'react'
import { speaksForAgency } from '../../../../shared/access.ts'
import type { AgencyId } from '../../../../shared/ids.ts'
import type { ReadBackView } from '../../../../shared/meeting/meeting-view.ts'
import { Button } from '../../../ui/button.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { ScrollRegion } from '../../../ui/scroll-region.tsx'
import { useMeeting } from '../meeting-context.tsx'
import { useRoom } from '../room-context.tsx'
import { AnswerForm } from './answer-form.tsx'
import { AnswersList } from './answers-list.tsx'
import { ReadBackText } from './read-back-text.tsx'
import type { ReadBack } from './use-read-back.ts'
import type { OpenItem } from './use-read-back-content.ts'
import { useReadBackTexts } from './use-read-back-texts.ts'
import { changesInWords } from './words.ts'
import './read-back.css'

export function ReadBackStage({ readBack, record, name }: { readBack: ReadBack; record: OpenItem; name: string }) {
  const current = readBack.hearing?.readBack
  if (!readBack.covers || !current) return null
  return <Stage key={current.readBackId} readBack={readBack} current={current} record={record} name={name} />
}

interface StageProps {
  readBack: ReadBack
  current: ReadBackView
  record: OpenItem
  name: string
}

function Stage({ readBack, current, record, name }: StageProps) {
  const { t } = useReadBackTexts()
  const { view, me } = useRoom()
  const place = useRef<HTMLElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const { mayOpen: conducts, isAskedFor } = readBack

  useEffect(() => {
    const stage = place.current
    const came = document.activeElement
    // Who conducts has the press at hand; everybody else begins at the heading. Nobody is fetched out of another part of the room unasked.
    if (isAskedFor || came === null || came === document.body || came.closest('.room-item')) {
      const press = stage?.querySelector<HTMLElement>('.read-press button')
      ;(press ?? title.current)?.focus({ preventScroll: true })
    }
    return () => {
      // What had the focus went away with the reading: the item is where it goes on.
      if (stage?.contains(document.activeElement) || document.activeElement === document.body) {
        document.getElementById('main')?.focus({ preventScroll: true })
      }
    }
  }, [isAskedFor])

  const isAsked = me.agencyId !== null && current.asked.includes(me.agencyId)
  const maySpeak = isAsked && record.mayWrite && view.myRole !== null && speaksForAgency(view.myRole)
  const changed = changesInWords(readBack.changedWhileRead, t)
  return (
    <section
      ref={place}
      className="read-back"
      aria-labelledby="read-back-title"
      data-testid="read-back"
      onKeyDown={event => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) readBack.hide()
      }}
    >
      <header className="read-head">
        <div>
          <h2 className="read-title" id="read-back-title" tabIndex={-1} ref={title}>
            {t('title')} · {name}
          </h2>
          <p className="quiet">{t('lead')}</p>
        </div>
        <span className="row-tools">
          <Button look="tertiary" size="small" onPress={readBack.hide}>
            {t('hide')}
          </Button>
          {conducts ? (
            <Button look="tertiary" size="small" onPress={() => void readBack.cancel()}>
              {t('cancel')}
            </Button>
          ) : null}
        </span>
      </header>
      {changed.length > 0 ? (
        <Notice
          tone="warning"
          title={t('changedWhile')}
          announce="status"
          actions={
            conducts ? (
              <Button size="small" onPress={() => void readBack.restart()}>
                {t('restart')}
              </Button>
            ) : undefined
          }
        >
          {changed.join(', ')}
        </Notice>
      ) : null}
      <ScrollRegion className="read-scroll" label={t('reading')}>
        <ReadBackText content={current.content} size="large" />
      </ScrollRegion>
      <footer className="read-foot">
        <h3 className="visually-hidden">{t('answers')}</h3>
        <AnswersList asked={current.asked} answers={current.answers} />
        {conducts ? <Unconfirmed record={record} current={current} /> : null}
        {conducts ? <Conducting readBack={readBack} current={current} own={me.agencyId} /> : null}
        {!conducts && maySpeak && me.agencyId ? <Own readBack={readBack} current={current} own={me.agencyId} /> : null}
        {conducts ? null : <p className="quiet">{t('whyNot.waiting')}</p>}
      </footer>
    </section>
  )
}

/** Agencies that say they are here and whose attendance nobody has confirmed yet: they are not asked, which is easily overlooked. */
function Unconfirmed({ record, current }: { record: OpenItem; current: ReadBackView }) {
  const { t } = useReadBackTexts()
  const { agencies } = useRoom()
  const { view } = useMeeting()
  const cleared = record.agencies.map(agency => agency.agencyId)
  const waiting = (view?.attendance ?? [])
    .filter(one => one.standing === 'announced' && speaksForAgency(one.role))
    .map(one => one.agencyId)
    .filter(agencyId => !current.asked.includes(agencyId) && (cleared.length === 0 || cleared.includes(agencyId)))
  if (waiting.length === 0) return null
  const names = [...new Set(waiting)].map(agencyId => agencies.get(agencyId)?.shortName ?? '').join(', ')
  return <p className="quiet">{t('unconfirmed', { agencies: names })}</p>
}

function Conducting({ readBack, current, own }: { readBack: ReadBack; current: ReadBackView; own: AgencyId | null }) {
  const { t } = useReadBackTexts()
  const [isEntering, setEntering] = useState(false)
  const [isConfirming, setConfirming] = useState(false)
  const { agencies } = useRoom()
  const nameOf = (agencyId: AgencyId | undefined) => (agencyId && agencies.get(agencyId)?.shortName) ?? ''
  const differs = current.answers.some(answer => answer.position !== 'agrees')
  // What an agency said by itself is its own to change.
  const open = current.asked.filter(agencyId => {
    const answer = current.answers.find(one => one.agencyId === agencyId)
    return agencyId === own || answer === undefined || answer.byMinuteTaker
  })
  const confirm = async () => {
    setConfirming(true)
    await readBack.confirm()
    setConfirming(false)
  }
  return (
    <>
      <div className="read-press">
        <Button look="primary" size="large" isPending={isConfirming} onPress={() => void confirm()}>
          {differs ? t('confirmRest') : t('confirmAll')}
        </Button>
        <Button
          look="tertiary"
          size="large"
          aria-expanded={isEntering}
          isDisabled={open.length === 0}
          onPress={() => setEntering(!isEntering)}
        >
          {t('enterOther')}
        </Button>
      </div>
      {isEntering ? (
        <AnswerForm
          title={open.length === 1 ? t('answer.mine', { agency: nameOf(open[0]) }) : t('answer.forOther')}
          takesFocus
          agencies={open}
          onAnswer={readBack.answer}
          onDone={() => setEntering(false)}
        />
      ) : null}
    </>
  )
}

function Own({ readBack, current, own }: { readBack: ReadBack; current: ReadBackView; own: AgencyId }) {
  const { t } = useReadBackTexts()
  const { agencies } = useRoom()
  const answered = current.answers.some(answer => answer.agencyId === own)
  const [isChanging, setChanging] = useState(false)
  if (answered && !isChanging) {
    return (
      <Button look="tertiary" onPress={() => setChanging(true)}>
        {t('answer.change')}
      </Button>
    )
  }
  return (
    <AnswerForm
      title={t('answer.mine', { agency: agencies.get(own)?.shortName ?? '' })}
      agencies={[own]}
      onAnswer={readBack.answer}
      onDone={() => setChanging(false)}
    />
  )
}
