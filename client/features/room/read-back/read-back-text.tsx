/** What is read, as it is read: one decision after another, then what each agency will do. Large where it is read aloud, small in a record. */
import type { ReadBackAction, ReadBackContent, ReadBackDecision } from '../../../../shared/meeting/read-back.ts'
import { formatMoney, formatShortDay } from '../../../lib/format.ts'
import { AgencyChip } from '../../../ui/chips.tsx'
import { useCodeSets } from '../../code-sets/use-code-sets.ts'
import { useRoom } from '../room-context.tsx'
import { useReadBackTexts } from './use-read-back-texts.ts'

export function ReadBackText({ content, size }: { content: ReadBackContent; size: 'large' | 'small' }) {
  const { t } = useReadBackTexts()
  return (
    <div className={`read-text read-text-${size}`} data-testid="read-text">
      <h3 className="read-part">{t('decisions')}</h3>
      {content.decisions.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      <ol className="read-list">
        {content.decisions.map((decision, index) => (
          <Decision key={decision.decisionId} decision={decision} number={index + 1} />
        ))}
      </ol>
      <h3 className="read-part">{t('actions')}</h3>
      {content.actions.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      <ol className="read-list">
        {content.actions.map((action, index) => (
          <Action key={action.actionId} action={action} number={index + 1} />
        ))}
      </ol>
    </div>
  )
}

function Decision({ decision, number }: { decision: ReadBackDecision; number: number }) {
  const { t } = useReadBackTexts()
  const codes = useCodeSets()
  const { kind, need, text, reason, condition } = decision
  return (
    <li className="read-entry">
      <span className="decision-number" aria-hidden="true">
        {number}
      </span>
      <div>
        <p className="read-kind">
          {kind ? codes.label('decision_kind', kind) : t('noKind')}
          {need ? <span className="quiet"> · {codes.label('need_domain', need)}</span> : null}
        </p>
        {text ? <p className="read-words">{text}</p> : null}
        {reason ? <p className="read-more">{t('reason', { words: reason })}</p> : null}
        {condition ? <p className="read-more">{t('condition', { words: condition })}</p> : null}
      </div>
    </li>
  )
}

function Action({ action, number }: { action: ReadBackAction; number: number }) {
  const { t, language } = useReadBackTexts()
  const codes = useCodeSets()
  const { agencies } = useRoom()
  const agency = action.agencyId ? agencies.get(action.agencyId) : undefined
  const facts = [
    action.person,
    action.due ? t('until', { day: formatShortDay(action.due, language) }) : '',
    action.amount === null ? '' : formatMoney(action.amount, language),
    action.need ? codes.label('need_domain', action.need) : '',
  ].filter(Boolean)
  return (
    <li className="read-entry">
      <span className="decision-number" aria-hidden="true">
        {number}
      </span>
      <div>
        <p className="read-words">
          {agency ? <AgencyChip {...agency} /> : null} {action.what || t('noWords')}
        </p>
        {facts.length > 0 ? <p className="read-more">{facts.join(' · ')}</p> : null}
        {action.rule ? <p className="read-more">{t('rule', { words: action.rule })}</p> : null}
      </div>
    </li>
  )
}
