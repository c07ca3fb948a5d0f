/** The record of destruction (파기 대장): read, printed, taken out as a list. */
import { useState } from 'react'
import type { DestructionView } from '../../../shared/protocol/retention.ts'
import {
  DESTROYED_KINDS,
  DESTRUCTION_GROUNDS,
  DESTRUCTION_STATES,
  type DestroyedKind,
} from '../../../shared/retention/retention-codes.ts'
import { formatDateTime, formatDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { saveFile } from '../exports/save-file.ts'
import { retentionApi } from './retention-api.ts'
import type { DeskProps } from './retention-page.tsx'
import { useRetentionTexts } from './use-retention-texts.ts'
import { WordsDialog } from './words-dialog.tsx'

export function DestructionRegister({ desk: { agencyId, decided, today } }: DeskProps) {
  const { t } = useRetentionTexts()
  const api = retentionApi(useApi())
  const [isTaking, setTaking] = useState(false)
  if (decided.length === 0) return <EmptyState title={t('register.none')}>{t('register.noneBody')}</EmptyState>
  return (
    <div className="stack">
      <div className="retention-controls no-print">
        <p className="quiet">{t('register.lead')}</p>
        <div className="row">
          <Button onPress={() => window.print()}>{t('register.print')}</Button>
          <Button onPress={() => setTaking(true)}>{t('register.file')}</Button>
        </div>
      </div>
      <ScrollRegion label={t('ways.register')}>
        <table className="table retention-register">
          <caption>{t('ways.register')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('register.number')}</th>
              <th scope="col">{t('register.days')}</th>
              <th scope="col">{t('register.people')}</th>
              <th scope="col">{t('register.why')}</th>
              <th scope="col">{t('register.what')}</th>
              <th scope="col">{t('register.state')}</th>
            </tr>
          </thead>
          <tbody>
            {decided.map(one => (
              <Line key={one.destructionId} one={one} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {isTaking ? (
        <WordsDialog
          title={t('register.fileTitle')}
          label={t('register.purpose')}
          example={t('register.purposeExample')}
          action={t('register.file')}
          done={t('register.taken')}
          send={words => api.file(agencyId, words)}
          onDone={bytes => {
            saveFile(bytes, `destructions-${today}.csv`)
            setTaking(false)
          }}
          onClose={() => setTaking(false)}
        >
          <p>{t('register.fileBody')}</p>
        </WordsDialog>
      ) : null}
    </div>
  )
}

function Line({ one }: { one: DestructionView }) {
  const { t, language } = useRetentionTexts()
  const { state, ground, years } = one
  const decided = { name: one.decidedBy, at: one.decidedAt ? formatDateTime(one.decidedAt, language) : '' }
  const isDone = state === 'destroyed' || state === 'destroying'
  return (
    <tr>
      <th scope="row" className="number">
        {one.number}
      </th>
      <td>
        {t('register.closed', { day: formatDay(one.closedOn, language) })}
        <span className="retention-line">
          {t('due.decree')} {formatDay(one.decreeDue, language)}
        </span>
        <span className="retention-line">
          {t('due.consent')} {formatDay(one.consentDue, language)}
        </span>
        <span className="quiet retention-line">
          {t(ground === 'request' ? 'register.byRequest' : 'register.rule', {
            ground: DESTRUCTION_GROUNDS[ground][language],
            years,
          })}
        </span>
      </td>
      <td>
        {t('register.proposedBy', { name: one.proposedBy, at: formatDateTime(one.proposedAt, language) })}
        <span className="retention-line">
          {t(`register.decidedBy.${state === 'refused' || state === 'taken_back' ? state : 'destroyed'}`, decided)}
        </span>
      </td>
      <td className="retention-words">
        {one.why}
        {one.refusal ? <span className="retention-line">{t('register.refusal', { words: one.refusal })}</span> : null}
      </td>
      <td>
        {isDone ? (
          <>
            {(Object.entries(one.counts) as [DestroyedKind, number][])
              .map(([kind, count]) => `${DESTROYED_KINDS[kind][language]} ${count}`)
              .join(', ')}
            <span className="quiet retention-line">{t('register.method')}</span>
          </>
        ) : (
          '–'
        )}
      </td>
      <td>
        <Chip tone={state === 'destroyed' ? 'success' : 'neutral'}>{DESTRUCTION_STATES[state][language]}</Chip>
      </td>
    </tr>
  )
}
