/** What the case says, to begin a referral with (RF18): the household's fields by themselves, its needs by a tick each. */
import { useEffect, useRef, useState } from 'react'
import { snapshotOfCase } from '../../../shared/documents/case-parts/case-snapshot.ts'
import type { CaseId } from '../../../shared/ids.ts'
import {
  begunWith,
  fieldsOfCase,
  type KnownNeed,
  leaveNeed,
  needsOfCase,
  takeNeed,
} from '../../../shared/referrals/from-case.ts'
import type { ReferralDraft } from '../../../shared/referrals/referral-content.ts'
import { Checkbox } from '../../ui/fields.tsx'
import { useCodes } from '../case-work/codes.ts'
import { useCaseDocument } from '../case-work/use-case-document.ts'
import { useReferralTexts } from './use-referral-texts.ts'

type Change = (draft: ReferralDraft) => ReferralDraft

interface FromCaseProps {
  caseId: CaseId
  /** How the case is called. */
  label: string
  /** Called once with what the case answers; left out for a draft that was saved. */
  onBegin?: ((change: Change) => void) | undefined
  /** A need was ticked. */
  onChange: (change: Change) => void
}

/** Nothing while the case's document is not there, and where it names no need. */
export function FromCase({ caseId, label, onBegin, onChange }: FromCaseProps) {
  const { t } = useReferralTexts()
  const codes = useCodes()
  const document = useCaseDocument(caseId)
  const [taken, setTaken] = useState<readonly KnownNeed[]>([])
  const [needs, setNeeds] = useState<readonly KnownNeed[]>()
  const hasBegun = useRef(false)
  const doc = document?.state.loaded ? document.state.doc : undefined

  // Once, as the case stood when the form was opened: what somebody else writes in it meanwhile does not move under the hand.
  useEffect(() => {
    if (doc === undefined || hasBegun.current) return
    hasBegun.current = true
    const snapshot = snapshotOfCase(doc)
    setNeeds(needsOfCase(snapshot))
    const known = fieldsOfCase(snapshot, { label, labelOf: code => codes.label('household_type', code) })
    onBegin?.(draft => begunWith(draft, known))
  }, [doc, label, codes, onBegin])

  if (needs === undefined) return null
  if (needs.length === 0) return <p className="quiet small">{t('fromCase.none')}</p>
  return (
    <fieldset className="stack from-case">
      <legend className="field-label">{t('fromCase.title')}</legend>
      <p className="quiet small">{t('fromCase.lead')}</p>
      {needs.map(need => (
        <Checkbox
          key={need.id}
          isSelected={taken.some(one => one.id === need.id)}
          onChange={on => {
            const others = taken.filter(one => one.id !== need.id)
            setTaken(on ? [...others, need] : others)
            onChange(draft => (on ? takeNeed(draft, need) : leaveNeed(draft, need, others)))
          }}
        >
          <strong>{codes.label('need_domain', need.domain)}</strong> {need.phenomenon}
          {need.wanted === '' ? null : <span className="quiet"> → {need.wanted}</span>}
        </Checkbox>
      ))}
    </fieldset>
  )
}
