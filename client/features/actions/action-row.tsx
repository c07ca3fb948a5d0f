/** One action item as a line of a list: what, who, by when, how it stands, and what became of it so far. */
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { ACCOUNTS, ACTION_MOVES, EFFECTS } from '../../../shared/actions/action-codes.ts'
import { isUnfinished } from '../../../shared/actions/action-moves.ts'
import type { ActionStepView, ActionView } from '../../../shared/protocol/action-api.ts'
import { daysBetween, formatDateTime, formatMoney, formatShortDay, seoulDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { AgencyChip, Chip } from '../../ui/chips.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { ActionMoves } from './action-moves.tsx'
import { useActionItemTexts } from './use-action-item-texts.ts'
import { useMove } from './use-move.tsx'

export interface ActionRowProps {
  action: ActionView
  /** Whether the household stands in the line, or above the list. */
  withCase: boolean
  onMoved: (view: ActionView | undefined) => unknown
}

export function ActionRow({ action, withCase, onMoved }: ActionRowProps) {
  return (
    <li className="action-row" data-testid="action-row">
      <div className="action-row-head">
        <ActionFacts action={action} withCase={withCase} />
        <ActionMoves action={action} onMoved={onMoved} />
      </div>
      <AskedAfterCarries action={action} onMoved={onMoved} />
      <ActionHistory steps={action.history} />
    </li>
  )
}

/** What it is, and everything that one asks about it at a glance. */
export function ActionFacts({ action, withCase, mark }: { action: ActionView; withCase: boolean; mark?: ReactNode }) {
  const { t, language } = useActionItemTexts()
  const codes = useCodeSets()
  const today = seoulDay(Date.now())
  const isOpen = isUnfinished(action.status)
  const late = isOpen && action.status !== 'postponed' && action.due !== '' ? daysBetween(action.due, today) : 0
  const facts = [
    action.ownerName
      ? t('row.owner', { name: action.ownerName })
      : action.person
        ? t('row.person', { name: action.person })
        : '',
    action.due ? t('row.until', { day: formatShortDay(action.due, language) }) : isOpen ? t('row.noDue') : '',
    action.amount === null ? '' : formatMoney(action.amount, language),
    action.need ? codes.label('need_domain', action.need) : '',
    isOpen ? t('row.age', { count: daysBetween(seoulDay(action.madeAt), today) + 1 }) : '',
    action.madeIn ? t('row.madeIn', { title: action.madeIn.title }) : '',
  ]
  return (
    <div className="action-row-words">
      <p className="action-what">
        {withCase && action.case ? (
          action.case.mayOpen ? (
            <Link to={`/cases/${action.case.caseId}`}>{action.case.label}</Link>
          ) : (
            <strong>{action.case.label}</strong>
          )
        ) : null}
        {withCase && action.case ? ' · ' : null}
        {action.what || t('row.noWords')}
      </p>
      <p className="action-marks">
        {mark}
        <AgencyChip {...action.agency} />
        {late > 0 ? <Chip tone="danger">{t('row.overdue', { count: late })}</Chip> : null}
        {action.status === 'postponed' ? (
          <Chip>{t('row.sleeping', { day: formatShortDay(action.until, language) })}</Chip>
        ) : null}
        {action.returned ? <Chip tone="primary">{t('row.returned')}</Chip> : null}
        {isOpen && action.carries > 0 ? (
          <Chip tone="warning">{t('row.carries', { count: action.carries })}</Chip>
        ) : null}
        {action.escalatedToMe ? <Chip tone="warning">{t('row.told')}</Chip> : null}
        {action.alone ? <Chip>{t('row.alone')}</Chip> : null}
      </p>
      <p className="quiet small">{facts.filter(Boolean).join(' · ')}</p>
      {action.offer ? (
        <p className="small">
          {t('row.offered', {
            to: [action.offer.agency.shortName, action.offer.name].filter(Boolean).join(' '),
            agency: action.agency.shortName,
          })}
        </p>
      ) : null}
      {action.status === 'done' ? (
        <p className="small">
          {action.effect
            ? t('row.helped', {
                helped: EFFECTS[action.effect.helped][language],
                account: ACCOUNTS[action.effect.account][language],
              })
            : t('row.notAsked')}
        </p>
      ) : null}
    </div>
  )
}

/** Two meetings without news: keep it, give it to somebody else, or drop it. */
export function AskedAfterCarries({ action, ...options }: { action: ActionView } & Parameters<typeof useMove>[1]) {
  const { t } = useActionItemTexts()
  const moving = useMove(action, options)
  const offered = (['keep', 'offer', 'drop'] as const).filter(move => action.moves.includes(move))
  if (!action.asks || offered.length === 0) return null
  const words = { keep: t('asks.keep'), offer: t('asks.change'), drop: t('asks.drop') }
  return (
    <div className="action-asks" data-testid="action-asks">
      <span>{t('asks.words', { count: action.carriesSinceNews })}</span>
      {offered.map(move => (
        <Button key={move} size="small" look="tertiary" onPress={() => moving.begin(move)}>
          {words[move]}
        </Button>
      ))}
      {moving.dialog}
    </div>
  )
}

/** What became of it, the latest first. */
export function ActionHistory({ steps, open = false }: { steps: readonly ActionStepView[]; open?: boolean }) {
  const { t, language } = useActionItemTexts()
  if (steps.length === 0) return null
  return (
    <details className="action-history" open={open}>
      <summary>{t('row.history', { count: steps.length })}</summary>
      <ol>
        {[...steps].reverse().map(step => (
          <li key={`${step.at} ${step.move}`}>
            <span className="quiet">{formatDateTime(step.at, language)}</span>{' '}
            <strong>{ACTION_MOVES[step.move][language]}</strong>
            {step.to ? ` → ${step.to}` : ''}
            {step.until ? ` · ${t('row.returnsOn', { day: formatShortDay(step.until, language) })}` : ''}
            {' · '}
            {step.enteredFor ? t('row.entered', { name: step.byName }) : step.byName}
            {step.note ? <span className="action-note"> — {step.note}</span> : null}
          </li>
        ))}
      </ol>
    </details>
  )
}
