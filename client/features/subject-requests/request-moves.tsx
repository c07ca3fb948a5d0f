/** What is done with an open request: answered, put off, taken back. One form at a time, each saying what cannot be undone. */
import { type ReactNode, useState } from 'react'
import { hasResidentNumber } from '../../../shared/identifiers/resident-number.ts'
import type { CaseId } from '../../../shared/ids.ts'
import {
  type MoveRequestBody,
  REQUEST_WORDS_MAX,
  type SubjectRequestView,
} from '../../../shared/protocol/subject-requests.ts'
import { EXTENSION_DAYS, lastDayOf } from '../../../shared/subject-requests/request-clock.ts'
import {
  DELETION_SCOPES,
  type DeletionScope,
  groundsFor,
  REQUEST_DECISIONS,
  REQUEST_GROUNDS,
  REQUEST_WAYS,
  type RequestDecision,
  type RequestGround,
  type RequestWay,
} from '../../../shared/subject-requests/request-codes.ts'
import { asksScope } from '../../../shared/subject-requests/request-moves.ts'
import { addDays } from '../../../shared/working-days.ts'
import { formatDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { optionsOf } from './request-form.tsx'
import { useRequestTexts } from './use-request-texts.ts'
import { useSending } from './use-requests.ts'

/** A command as a form gives it: the version is that of what the screen shows. */
type Typed<Body = MoveRequestBody> = Body extends unknown ? Omit<Body, '_v'> : never

interface MoveProps {
  caseId: CaseId
  request: SubjectRequestView
  today: string
  onDone: () => void
}

/** The frame of them all. `body` is undefined while something is missing. */
function MoveFrame({
  caseId,
  request,
  onDone,
  title,
  note,
  body,
  words,
  isOpenFor = ({ state }) => state === 'open',
  children,
}: Omit<MoveProps, 'today'> & {
  /** Whether there is still something to do, as the request stands now. */
  isOpenFor?: (request: SubjectRequestView) => boolean
  title: string
  note: string
  body: Typed | undefined
  words: string
  children: (tried: boolean) => ReactNode
}) {
  const { t } = useRequestTexts()
  const sending = useSending(caseId)
  const [tried, setTried] = useState(false)
  const hasNumber = hasResidentNumber(words)
  const isOver = !isOpenFor(request)
  async function save() {
    setTried(true)
    if (body === undefined || hasNumber) return
    const sent = await sending.send(
      api => api.move(caseId, request.requestId, { ...body, _v: request._v }),
      t('moves.saved'),
    )
    if (sent) onDone()
  }
  return (
    <fieldset className="stack card request-form">
      <legend>
        <strong>{title}</strong>
      </legend>
      {isOver || sending.isOvertaken ? (
        <Notice tone="warning" announce="alert" title={t('overtakenTitle')}>
          {t(isOver ? 'overtakenOver' : 'overtakenBody')}
        </Notice>
      ) : sending.error ? (
        <ErrorNotice error={sending.error} />
      ) : null}
      {children(tried)}
      {hasNumber ? <Notice tone="warning">{t('residentNumber')}</Notice> : null}
      {tried && body === undefined ? (
        <p className="field-error" role="alert">
          {t('required')}
        </p>
      ) : null}
      <p className="quiet small">{note}</p>
      <div className="row">
        <Button look="primary" isPending={sending.isPending} isDisabled={isOver} onPress={() => void save()}>
          {t('moves.save')}
        </Button>
        <Button look="tertiary" onPress={onDone}>
          {t('form.cancel')}
        </Button>
      </div>
    </fieldset>
  )
}

interface TypedField {
  label: string
  value: string
  onChange: (value: string) => void
}

/** All that the short moves ask for. */
function DayAndWords({ day, fault, words }: { day: TypedField; fault: string | undefined; words: TypedField }) {
  return (
    <>
      <DatePicker {...day} errorMessage={fault} />
      <TextField {...words} rows={3} maxLength={REQUEST_WORDS_MAX} />
    </>
  )
}

export function AnswerForm(props: MoveProps) {
  const { t, language } = useRequestTexts()
  const { request, today } = props
  const [decision, setDecision] = useState<RequestDecision | null>(null)
  const [ground, setGround] = useState<RequestGround | null>(null)
  const [on, setOn] = useState(today)
  const [went, setWent] = useState<RequestWay | null>(null)
  const [words, setWords] = useState('')
  const [scope, setScope] = useState<DeletionScope | null>(null)
  const isLess = decision !== null && decision !== 'granted'
  const asksHowMuch = asksScope(request.kind, decision)
  const suspends = request.kind === 'suspension' && decision !== null && decision !== 'refused'
  const isOff = on < request.receivedOn || on > today
  const body: Typed | undefined =
    decision === null ||
    went === null ||
    on === '' ||
    isOff ||
    words.trim().length < 2 ||
    (isLess && ground === null) ||
    (asksHowMuch && scope === null)
      ? undefined
      : {
          do: 'answer',
          decision,
          ground: isLess && ground !== null ? ground : '',
          ...(asksHowMuch && scope !== null && { scope }),
          on,
          went,
          words: words.trim(),
        }
  return (
    <MoveFrame {...props} title={t('moves.answerTitle')} note={t('moves.once')} body={body} words={words}>
      {tried => (
        <>
          <Choice
            label={t('moves.decision')}
            value={decision}
            onChange={setDecision}
            options={optionsOf(REQUEST_DECISIONS, language)}
          />
          {asksHowMuch ? (
            <>
              <Choice
                label={t('moves.scope')}
                value={scope}
                onChange={setScope}
                options={optionsOf(DELETION_SCOPES, language)}
              />
              {scope === null ? null : <Notice tone="warning">{t(`moves.scopeHint.${scope}`)}</Notice>}
            </>
          ) : null}
          {suspends ? <Notice tone="warning">{t('moves.suspendHint')}</Notice> : null}
          {isLess ? (
            <>
              <Select
                label={t('moves.ground')}
                value={ground}
                onChange={setGround}
                options={groundsFor(request.kind).map(id => ({
                  id,
                  label: REQUEST_GROUNDS[id][language],
                  detail: REQUEST_GROUNDS[id].article,
                }))}
                errorMessage={tried && ground === null ? t('required') : undefined}
              />
              <Notice>{t('moves.objectHint')}</Notice>
            </>
          ) : null}
          <div className="request-pair">
            <DatePicker
              label={t('moves.on')}
              value={on}
              onChange={setOn}
              errorMessage={on !== '' && isOff ? t('notLater') : undefined}
            />
            <Choice
              label={t('moves.went')}
              value={went}
              onChange={setWent}
              options={optionsOf(REQUEST_WAYS, language)}
            />
          </div>
          <TextField
            label={t('moves.answerWords')}
            value={words}
            onChange={setWords}
            rows={4}
            maxLength={REQUEST_WORDS_MAX}
          />
        </>
      )}
    </MoveFrame>
  )
}

export function PutOffForm(props: MoveProps) {
  const { t, language } = useRequestTexts()
  const { request } = props
  const due = lastDayOf(request.receivedOn)
  const latest = addDays(due, EXTENSION_DAYS)
  const [until, setUntil] = useState('')
  const [words, setWords] = useState('')
  const isOff = until !== '' && (until <= due || until > latest)
  const body: Typed | undefined =
    until === '' || isOff || words.trim().length < 2 ? undefined : { do: 'put-off', until, words: words.trim() }
  const hint = t('moves.putOffHint', { day: formatDay(latest, language) })
  return (
    <MoveFrame {...props} title={t('moves.putOffTitle')} note={hint} body={body} words={words}>
      {() => (
        <DayAndWords
          day={{ label: t('moves.until'), value: until, onChange: setUntil }}
          fault={isOff ? hint : undefined}
          words={{ label: t('moves.putOffWords'), value: words, onChange: setWords }}
        />
      )}
    </MoveFrame>
  )
}

export function TakeBackForm(props: MoveProps) {
  const { t } = useRequestTexts()
  const { request, today } = props
  const [on, setOn] = useState(today)
  const [words, setWords] = useState('')
  const isOff = on < request.receivedOn || on > today
  const body: Typed | undefined = on === '' || isOff ? undefined : { do: 'take-back', on, words: words.trim() }
  return (
    <MoveFrame {...props} title={t('moves.takeBackTitle')} note={t('moves.takeBackNote')} body={body} words={words}>
      {() => (
        <DayAndWords
          day={{ label: t('moves.takeBackOn'), value: on, onChange: setOn }}
          fault={on !== '' && isOff ? t('notLater') : undefined}
          words={{ label: t('moves.takeBackWords'), value: words, onChange: setWords }}
        />
      )}
    </MoveFrame>
  )
}

/** What followed from the answer is done, or over. */
export function SettleForm(props: MoveProps) {
  const { t } = useRequestTexts()
  const { request, today } = props
  const [on, setOn] = useState(today)
  const [words, setWords] = useState('')
  const { followUp } = request
  if (followUp === null) return null
  const isOff = on < (request.answer?.on ?? request.receivedOn) || on > today
  const body: Typed | undefined =
    on === '' || isOff || words.trim().length < 2 ? undefined : { do: 'settle', on, words: words.trim() }
  return (
    <MoveFrame
      {...props}
      title={t(`follow.settleTitle.${followUp}`)}
      note={t(`follow.settleNote.${followUp}`)}
      body={body}
      words={words}
      isOpenFor={({ settled }) => settled === null}
    >
      {() => (
        <DayAndWords
          day={{ label: t('follow.settleOn'), value: on, onChange: setOn }}
          fault={on !== '' && isOff ? t('notLater') : undefined}
          words={{ label: t(`follow.settleWords.${followUp}`), value: words, onChange: setWords }}
        />
      )}
    </MoveFrame>
  )
}
