/** What waits for an answer of my agency in joint case management: to acknowledge, or to say in words what it sees otherwise. */
import { useState } from 'react'
import { JOINT_STEPS } from '../../../shared/cases/life-codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { CaseLifeView, StageEntryView } from '../../../shared/protocol/case-life.ts'
import { formatShortDay, seoulDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import type { LifeDesk } from './use-life.ts'
import { useLifeTexts } from './use-life-texts.ts'

interface AcknowledgementsProps {
  desk: LifeDesk
  view: CaseLifeView
}

export function Acknowledgements({ desk, view }: AcknowledgementsProps) {
  const { t } = useLifeTexts()
  const open = view.history.flatMap(entry =>
    view.speaksFor
      .filter(agencyId => entry.asked.some(agency => agency.agencyId === agencyId))
      .filter(
        agencyId => !entry.answers.some(answer => answer.agencyId === agencyId && answer.answer === 'acknowledged'),
      )
      .map(agencyId => ({ entry, agencyId })),
  )
  return (
    <>
      {view.leads ? <Differing view={view} /> : null}
      {open.length === 0 ? null : (
        <Section title={t('asked.title')}>
          <ul className="life-next">
            {open.map(({ entry, agencyId }) => (
              <Asked key={`${entry.id} ${agencyId}`} desk={desk} entry={entry} agencyId={agencyId} view={view} />
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

/** What another agency sees otherwise, where who leads the case cannot overlook it; until that agency acknowledges. */
function Differing({ view }: { view: CaseLifeView }) {
  const { t, language } = useLifeTexts()
  const differing = view.history.flatMap(entry =>
    entry.asked.flatMap(agency => {
      const last = entry.answers.findLast(answer => answer.agencyId === agency.agencyId)
      return last?.answer === 'dissents' ? [{ ...last, entry, agency }] : []
    }),
  )
  return differing.map(({ id, words, at, entry, agency }) => (
    <Notice
      key={id}
      tone="warning"
      title={t('asked.differs', {
        agency: agency.name,
        step: JOINT_STEPS[entry.step ?? 'selection'][language],
        day: formatShortDay(seoulDay(at), language),
      })}
    >
      <p className="life-words">{words}</p>
      <p className="small">{t('asked.differsHow')}</p>
    </Notice>
  ))
}

function Asked({ desk, view, entry, agencyId }: AcknowledgementsProps & { entry: StageEntryView; agencyId: AgencyId }) {
  const { t, language } = useLifeTexts()
  const codes = useCodeSets()
  const [isDissenting, setDissenting] = useState(false)
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const hasDissented = entry.answers.some(answer => answer.agencyId === agencyId)
  const agency = view.agencies.find(one => one.agencyId === agencyId)?.shortName ?? ''

  async function dissent() {
    setTried(true)
    if (words.trim() === '') return
    const done = await desk.answer({ do: 'dissent', entryId: entry.id, agencyId, words: words.trim() })
    if (done) setDissenting(false)
  }

  return (
    <li className="card life-next-stage">
      <p>
        {t('asked.step', {
          day: formatShortDay(seoulDay(entry.at), language),
          step: JOINT_STEPS[entry.step ?? 'selection'][language],
          stage: codes.label('case_stage', entry.to),
          agency,
        })}
      </p>
      {isDissenting ? (
        <TextField
          label={t('asked.words')}
          value={words}
          onChange={setWords}
          rows={3}
          maxLength={2000}
          isRequired
          validationBehavior="aria"
          errorMessage={tried && words.trim() === '' ? t('asked.wordsNeeded') : undefined}
        />
      ) : null}
      <div className="row">
        {isDissenting ? (
          <>
            <Button look="primary" isPending={desk.isPending} onPress={() => void dissent()}>
              {t('asked.send')}
            </Button>
            <Button look="tertiary" onPress={() => setDissenting(false)}>
              {t('next.cancel')}
            </Button>
          </>
        ) : (
          <>
            <Button
              look="primary"
              isPending={desk.isPending}
              onPress={() => void desk.answer({ do: 'acknowledge', entryId: entry.id, agencyId })}
            >
              {t('asked.acknowledge')}
            </Button>
            {hasDissented ? null : <Button onPress={() => setDissenting(true)}>{t('asked.dissent')}</Button>}
          </>
        )}
      </div>
    </li>
  )
}
