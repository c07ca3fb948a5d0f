/** One request: what was asked by whom, how near its day is, what became of it, and what can be done next. */
import { type ReactNode, useState } from 'react'
import type { CaseId } from '../../../shared/ids.ts'
import type { SubjectRequestView } from '../../../shared/protocol/subject-requests.ts'
import {
  DELETION_SCOPES,
  HAND_OUT_PARTS,
  REQUEST_ASKERS,
  REQUEST_CHECKS,
  REQUEST_DECISIONS,
  REQUEST_GROUNDS,
  REQUEST_KINDS,
  REQUEST_WAYS,
} from '../../../shared/subject-requests/request-codes.ts'
import { formatDateTime, formatDay } from '../../lib/format.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { FollowUpNotice } from './follow-up.tsx'
import { RequestClockChip } from './request-clock-chip.tsx'
import { AnswerForm, PutOffForm, SettleForm, TakeBackForm } from './request-moves.tsx'
import { useRequestTexts } from './use-request-texts.ts'

const FORMS = { answer: AnswerForm, putOff: PutOffForm, takeBack: TakeBackForm, settle: SettleForm }

export function RequestCard({
  caseId,
  request,
  today,
}: {
  caseId: CaseId
  request: SubjectRequestView
  today: string
}) {
  const { t, language } = useRequestTexts()
  const [doing, setDoing] = useState<keyof typeof FORMS>()
  const { kind, clock, state, answer, extension, takenBack, followUp, settled } = request
  const Form = doing && FORMS[doing]
  const isOpen = state === 'open'
  const day = (value: string) => formatDay(value, language)
  const maySettle = followUp !== null && settled === null
  const mayHandOut = kind === 'access' && state !== 'withdrawn' && answer?.decision !== 'refused'
  return (
    <li className="card stack request-card">
      <div className="request-head">
        <h3 className="request-kind">{REQUEST_KINDS[kind][language]}</h3>
        <RequestClockChip clock={clock} />
        <span className="quiet small">{REQUEST_KINDS[kind].article}</span>
      </div>
      {clock.standing === 'late' ? (
        <Notice tone="danger" title={t('clock.lateTitle')}>
          {t('clock.lateBody', { day: day(clock.due) })}
        </Notice>
      ) : null}
      {followUp !== null && settled === null ? <FollowUpNotice caseId={caseId} request={request} /> : null}
      <dl className="request-facts">
        <Fact name={t('card.who')}>
          {request.name} <span className="quiet">({REQUEST_ASKERS[request.asker][language]})</span>
          {request.relation === '' ? null : ` · ${request.relation}`}
        </Fact>
        <Fact name={t('card.checked')}>{REQUEST_CHECKS[request.checked][language]}</Fact>
        <Fact name={t('card.received')}>
          {day(request.receivedOn)} · {REQUEST_WAYS[request.came][language]}{' '}
          <span className="quiet small">{t('card.entered', { name: request.enteredBy })}</span>
        </Fact>
        <Fact name={t('card.due')}>{day(clock.due)}</Fact>
        <Fact name={t('card.what')}>
          <span className="request-words">{request.what}</span>
        </Fact>
        {extension ? (
          <Fact name={t('card.extension')}>
            {t('card.extensionWords', {
              until: day(extension.until),
              on: day(extension.on),
              name: extension.byName,
            })}
            <span className="request-words">{extension.words}</span>
          </Fact>
        ) : null}
        {answer ? (
          <Fact name={t('card.answer')}>
            <strong>
              {[
                REQUEST_DECISIONS[answer.decision][language],
                ...(answer.scope ? [DELETION_SCOPES[answer.scope][language]] : []),
                day(answer.on),
                REQUEST_WAYS[answer.went][language],
                answer.byName,
              ].join(' · ')}
            </strong>
            <span className="request-words">{answer.words}</span>
          </Fact>
        ) : null}
        {answer?.ground ? (
          <Fact name={t('card.ground')}>
            {REQUEST_GROUNDS[answer.ground][language]}{' '}
            <span className="quiet small">{REQUEST_GROUNDS[answer.ground].article}</span>
          </Fact>
        ) : null}
        {followUp !== null && settled !== null ? (
          <Fact name={t(`follow.settled.${followUp}`)}>
            {t('follow.settledWords', { day: day(settled.on), name: settled.byName })}
            <span className="request-words">{settled.words}</span>
          </Fact>
        ) : null}
        {takenBack ? (
          <Fact name={t('card.takenBack')}>
            {t('card.takenBackWords', { day: day(takenBack.on), name: takenBack.byName })}
            <span className="request-words">{takenBack.words}</span>
          </Fact>
        ) : null}
        {request.handOuts.length > 0 ? (
          <Fact name={t('card.handOuts')}>
            {request.handOuts.map(one => (
              <span key={one.printId} className="request-words">
                {t('card.handOutWords', {
                  when: formatDateTime(one.at, language),
                  name: one.byName,
                  parts: one.parts.map(part => HAND_OUT_PARTS[part][language]).join(', '),
                  purpose: one.purpose,
                })}
              </span>
            ))}
          </Fact>
        ) : null}
      </dl>
      {Form ? (
        <Form caseId={caseId} request={request} today={today} onDone={() => setDoing(undefined)} />
      ) : isOpen || mayHandOut || maySettle ? (
        <div className="row">
          {isOpen ? (
            <Button look="primary" onPress={() => setDoing('answer')}>
              {t('moves.answer')}
            </Button>
          ) : null}
          {mayHandOut ? (
            <ButtonLink to={`/cases/${caseId}/requests/${request.requestId}`} look="secondary">
              {t('moves.handOut')}
            </ButtonLink>
          ) : null}
          {request.mayPutOff ? <Button onPress={() => setDoing('putOff')}>{t('moves.putOff')}</Button> : null}
          {maySettle ? <Button onPress={() => setDoing('settle')}>{t(`follow.settle.${followUp}`)}</Button> : null}
          {isOpen ? (
            <Button look="tertiary" onPress={() => setDoing('takeBack')}>
              {t('moves.takeBack')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
