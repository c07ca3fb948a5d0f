/** One page of found households. By keyboard: up and down move, space chooses, a figure decides about the household that has the focus. */
import { type KeyboardEvent, useRef } from 'react'
import { Link } from 'react-router'
import type { FindingId } from '../../../shared/ids.ts'
import {
  EXCLUSION_REASONS,
  FINDING_STATES,
  type FindingsView,
  type FindingView,
} from '../../../shared/protocol/triage.ts'
import { formatDateTime, formatShortDay } from '../../lib/format.ts'
import { Chip, type ChipTone } from '../../ui/chips.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { useTriageTexts } from './use-triage-texts.ts'

export type Decision = 'case' | 'linked' | 'unreachable' | 'excluded' | 'waiting'

const KEYS: Readonly<Record<string, Decision>> = {
  1: 'case',
  2: 'linked',
  3: 'unreachable',
  4: 'excluded',
  0: 'waiting',
}

const TONES: Readonly<Record<FindingView['state'], ChipTone>> = {
  waiting: 'neutral',
  unreachable: 'warning',
  case: 'success',
  linked: 'primary',
  excluded: 'neutral',
}

export function TriageTable({
  view,
  chosen,
  onChoose,
  onDecide,
}: {
  view: FindingsView
  chosen: ReadonlySet<FindingId>
  onChoose: (chosen: ReadonlySet<FindingId>) => void
  onDecide: (decision: Decision, findings: readonly FindingView[]) => void
}) {
  const { t } = useTriageTexts()
  const body = useRef<HTMLTableSectionElement>(null)
  const { findings } = view
  const isAll = findings.every(finding => chosen.has(finding.findingId))

  function onKey(event: KeyboardEvent<HTMLTableSectionElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const boxes = [...(body.current?.querySelectorAll<HTMLInputElement>('input[type="checkbox"]') ?? [])]
    const at = boxes.findIndex(box => box.closest('tr')?.contains(event.target as Node))
    const finding = findings[at]
    if (finding === undefined) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      boxes[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus()
      return
    }
    const decision = KEYS[event.key]
    if (decision === undefined) return
    event.preventDefault()
    const several = findings.filter(one => chosen.has(one.findingId))
    onDecide(decision, several.some(one => one.findingId === finding.findingId) ? several : [finding])
  }

  return (
    <>
      <p className="quiet small">{t('keys')}</p>
      <div className="table-scroll">
        <table className="table triage-table">
          <thead>
            <tr>
              <th scope="col">
                <Checkbox
                  aria-label={t('selectAll')}
                  isSelected={isAll}
                  isIndeterminate={!isAll && findings.some(finding => chosen.has(finding.findingId))}
                  onChange={isOn => onChoose(new Set(isOn ? findings.map(finding => finding.findingId) : []))}
                />
              </th>
              {(['household', 'reach', 'signs', 'found', 'assignee', 'state'] as const).map(column => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          {/* The boxes in it are what takes the keys; the body only hears them. */}
          <tbody ref={body} onKeyDown={onKey}>
            {findings.map(finding => (
              <Row
                key={finding.findingId}
                finding={finding}
                fileName={view.lists.find(list => list.importId === finding.importId)?.fileName ?? ''}
                isChosen={chosen.has(finding.findingId)}
                onChoose={isOn =>
                  onChoose(
                    new Set(
                      isOn ? [...chosen, finding.findingId] : [...chosen].filter(one => one !== finding.findingId),
                    ),
                  )
                }
              />
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Row({
  finding,
  fileName,
  isChosen,
  onChoose,
}: {
  finding: FindingView
  fileName: string
  isChosen: boolean
  onChoose: (isChosen: boolean) => void
}) {
  const { t, language } = useTriageTexts()
  const codes = useCodeSets()
  return (
    <tr>
      <td>
        <Checkbox aria-label={t('select', { name: finding.name })} isSelected={isChosen} onChange={onChoose} />
      </td>
      <th scope="row">
        {finding.name}
        {finding.birth ? <div className="quiet small triage-birth">{t('born', { birth: finding.birth })}</div> : null}
      </th>
      <td>
        {finding.phone ? <div className="number">{finding.phone}</div> : null}
        {finding.address}
      </td>
      <td>
        {finding.signs}
        {finding.note ? <div className="quiet small">{finding.note}</div> : null}
      </td>
      <td className="triage-found">
        {codes.label('discovery_route', finding.route)}
        <div className="quiet small">
          {formatShortDay(finding.foundOn, language)} · {t('row', { file: fileName, row: finding.row })}
        </div>
      </td>
      <td>{finding.assignee?.name ?? ''}</td>
      <td>
        <Chip tone={TONES[finding.state]}>{FINDING_STATES[finding.state][language]}</Chip>
        {finding.reason ? (
          <div className="small">
            {EXCLUSION_REASONS[finding.reason][language]} {finding.words}
          </div>
        ) : null}
        {finding.caseId ? (
          <div>
            <Link to={`/cases/${finding.caseId}`}>{t('openCase')}</Link>
          </div>
        ) : null}
        {finding.decided ? (
          <div className="quiet small">
            {t('byWhom', { name: finding.decided.name, at: formatDateTime(finding.decided.at, language) })}
          </div>
        ) : null}
      </td>
    </tr>
  )
}
