/**
 * The agenda's first item: what earlier meetings left, case by case, each line settled with a letter (and a digit for whether it helped). Everybody
 * in the room sees the lines of the cases that they may open; who may settle them presses keys or the same moves by hand.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { ACCOUNTS } from '../../../shared/actions/action-codes.ts'
import { isUnfinished } from '../../../shared/actions/action-moves.ts'
import type { ConferenceId } from '../../../shared/ids.ts'
import type { ActionView } from '../../../shared/protocol/action-api.ts'
import { useApi } from '../../lib/services.tsx'
import { Chip } from '../../ui/chips.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { ActionMoves } from './action-moves.tsx'
import { ActionFacts, ActionHistory, AskedAfterCarries } from './action-row.tsx'
import { EFFECT_KEYS, nextLine, REVIEW_KEYS } from './review-keys.ts'
import { useActionItemTexts } from './use-action-item-texts.ts'
import { useMove } from './use-move.tsx'
import './actions.css'

/** What others settle appears without a press. */
const REFETCH_MS = 5_000

export function Review({ conferenceId, isLive }: { conferenceId: ConferenceId; isLive: boolean }) {
  const { t } = useActionItemTexts()
  const api = useApi()
  const queries = useQueryClient()
  const key = ['review', conferenceId]
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: () => api.review(conferenceId),
    refetchInterval: isLive ? REFETCH_MS : false,
  })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const groups = groupByCase(data.actions)
  const left = data.actions.filter(action => !isSettled(action, conferenceId)).length
  const onMoved = () => queries.invalidateQueries({ queryKey: key })
  return (
    <section className="item-part review" data-place="review" aria-labelledby="review-title" data-testid="review">
      <h3 className="part-title" id="review-title">
        {t('review.title')} {data.actions.length > 0 ? <span className="quiet">{leftWords()}</span> : null}
      </h3>
      {data.actions.length === 0 ? (
        <p className="part-empty">{t('review.none')}</p>
      ) : (
        <p className="quiet small" id="review-keys">
          {t('review.lead')} {t('review.keys')}
        </p>
      )}
      {groups.map(group => (
        <div key={group.name} className="review-group">
          <h4 className="review-case">{group.name || t('review.general')}</h4>
          <Lines actions={group.actions} conferenceId={conferenceId} onMoved={onMoved} />
        </div>
      ))}
    </section>
  )

  function leftWords() {
    return left === 0 ? t('review.allDone') : t('review.left', { count: left })
  }
}

/** It was dealt with in this meeting. */
const isSettled = (action: ActionView, conferenceId: ConferenceId) =>
  !isUnfinished(action.status) || action.settledIn.includes(conferenceId)

function groupByCase(actions: readonly ActionView[]): { name: string; actions: ActionView[] }[] {
  const groups = new Map<string, ActionView[]>()
  for (const action of actions) {
    const name = action.case ? `${action.case.label} (${action.case.number})` : ''
    groups.set(name, [...(groups.get(name) ?? []), action])
  }
  return [...groups].map(([name, own]) => ({ name, actions: own }))
}

function Lines(props: { actions: readonly ActionView[]; conferenceId: ConferenceId; onMoved: () => unknown }) {
  const list = useRef<HTMLUListElement>(null)
  const lines = () => [...(list.current?.querySelectorAll<HTMLElement>('.review-line') ?? [])]
  function onKeyDown(event: KeyboardEvent<HTMLUListElement>) {
    const all = lines()
    const at = all.indexOf(event.target as HTMLElement)
    const to = at < 0 ? undefined : nextLine(event.key, at, all.length)
    if (to === undefined) return
    event.preventDefault()
    all[to]?.focus()
  }
  return (
    <ul className="review-lines" ref={list} onKeyDown={onKeyDown}>
      {props.actions.map(action => (
        <Line
          key={`${action.document}/${action.actionId}`}
          action={action}
          conferenceId={props.conferenceId}
          onMoved={props.onMoved}
        />
      ))}
    </ul>
  )
}

interface LineProps {
  action: ActionView
  conferenceId: ConferenceId
  onMoved: () => unknown
}

function Line({ action, conferenceId, onMoved }: LineProps) {
  const { t, language } = useActionItemTexts()
  const options = { conferenceId, onMoved }
  const moving = useMove(action, options)
  /** `D` was pressed: the next digit says whether it helped. */
  const [asksEffect, setAsksEffect] = useState(false)
  const settled = isSettled(action, conferenceId)

  function onKeyDown(event: KeyboardEvent<HTMLLIElement>) {
    // Keys of a button or a dialog inside are theirs.
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
    const helped = asksEffect ? EFFECT_KEYS[event.code] : undefined
    const move = REVIEW_KEYS[event.code]
    if (helped !== undefined) {
      setAsksEffect(false)
      // Heard at the table from who works with the household; who says otherwise corrects it by hand.
      moving.begin('finish', { effect: { helped, account: 'worker' } })
    } else if (event.key === 'Escape' && asksEffect) setAsksEffect(false)
    else if (move === 'finish' && action.moves.includes('finish')) setAsksEffect(true)
    else if (move !== undefined && action.moves.includes(move)) moving.begin(move)
    else return
    event.preventDefault()
  }

  return (
    <li
      className={`review-line action-row${settled ? ' is-settled' : ''}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the line takes the keys that settle it
      tabIndex={0}
      aria-describedby="review-keys"
      onKeyDown={onKeyDown}
      onBlur={() => setAsksEffect(false)}
      data-testid="review-line"
    >
      <div className="action-row-head">
        <ActionFacts
          action={action}
          withCase={false}
          mark={settled ? <Chip tone="success">{t('review.settled')}</Chip> : null}
        />
        <ActionMoves action={action} conferenceId={conferenceId} onMoved={onMoved} />
      </div>
      {asksEffect ? (
        <p className="action-asks" role="status">
          {t('review.helpedNow', { account: ACCOUNTS.worker[language] })}
        </p>
      ) : null}
      <AskedAfterCarries action={action} {...options} />
      <ActionHistory steps={action.history} />
      {moving.dialog}
    </li>
  )
}
