/** What the two papers that are entered in a form have in common: whom they name, from when until when, under which agreement, and their saving. */
import { type FormEvent, type ReactNode, useState } from 'react'
import type { AgencyId, AgreementId } from '../../../shared/ids.ts'
import type { BasisBody, CaseBasesView } from '../../../shared/protocol/bases.ts'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useBasesTexts } from './use-bases-texts.ts'
import { useSaving } from './use-saving.ts'

export interface PaperFormProps {
  view: CaseBasesView
  receivers: readonly AgencyId[]
  onSaved: (view: CaseBasesView) => void
  onReload: () => Promise<void>
  onClose: () => void
}

/** What every paper says when it is entered. */
type PaperCommon = Pick<BasisBody, '_v' | 'command' | 'from' | 'until' | 'agreementId'>

export type Paper = ReturnType<typeof usePaper>

export function usePaper({ view, receivers: asked, onSaved, onReload, onClose }: PaperFormProps) {
  const saving = useSaving<CaseBasesView>({ onSaved, onReload })
  const [receivers, setReceivers] = useState<readonly AgencyId[]>(asked)
  const [from, setFrom] = useState(view.today)
  const [until, setUntil] = useState('')
  const [agreementId, setAgreement] = useState<AgreementId | null>(null)
  const [tried, setTried] = useState(false)
  useLeaveWarning(true)
  return {
    view,
    onClose,
    ...saving,
    receivers,
    setReceivers,
    from,
    setFrom,
    until,
    setUntil,
    agreementId,
    setAgreement,
    /** Whether somebody has pressed to save it: from then on what is missing is said. */
    tried,
    setTried,
  }
}

/** Saves only what has no fault; `enter` sends it and gives what the case is then. */
export function PaperForm({
  title,
  lead,
  paper,
  isFaulty,
  enter,
  onEntered,
  children,
}: {
  title: string
  lead: string
  paper: Paper
  isFaulty: boolean
  enter: (common: PaperCommon) => Promise<CaseBasesView>
  onEntered: (view: CaseBasesView) => void
  children: ReactNode
}) {
  const { view, tried, setTried, save, error, isConflict, isPending, from, until, agreementId } = paper
  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isFaulty) return
    let entered: CaseBasesView | undefined
    await save(async command => {
      entered = await enter({ _v: view._v, command, from, until: until === '' ? null : until, agreementId })
      return entered
    })
    if (entered) onEntered(entered)
  }
  return (
    <form noValidate onSubmit={event => void submit(event)}>
      <Section title={title} lead={lead}>
        <div className="stack card">
          <FormTrouble error={error} isConflict={isConflict} />
          {children}
          <AgreementField view={view} value={agreementId} onChange={paper.setAgreement} />
          <FormButtons isPending={isPending} onClose={paper.onClose} isFaulty={tried && isFaulty} />
        </div>
      </Section>
    </form>
  )
}

/** From when until when it holds, in one row with what belongs there. */
export function PaperDays({ paper, children }: { paper: Paper; children?: ReactNode }) {
  const { t } = useBasesTexts()
  const { from, setFrom, until, setUntil, tried } = paper
  return (
    <div className="row">
      {children}
      <DatePicker
        label={t('form.from')}
        value={from}
        onChange={setFrom}
        errorMessage={tried && from === '' ? t('form.noDay') : undefined}
      />
      <DatePicker label={`${t('form.until')} (${t('form.untilHelp')})`} value={until} onChange={setUntil} />
    </div>
  )
}

export function FormTrouble({ error, isConflict }: { error: unknown; isConflict: boolean }) {
  const { t } = useBasesTexts()
  if (isConflict) {
    return (
      <Notice tone="warning" announce="alert" title={t('form.conflictTitle')}>
        {t('form.conflictBody')}
      </Notice>
    )
  }
  return error ? <ErrorNotice error={error} /> : null
}

export function FormButtons(props: { isPending: boolean; isFaulty: boolean; onClose: () => void }) {
  const { t } = useBasesTexts()
  return (
    <div className="row">
      <Button type="submit" look="primary" isPending={props.isPending}>
        {t('form.save')}
      </Button>
      <Button onPress={props.onClose}>{t('form.cancel')}</Button>
      {props.isFaulty ? (
        <p className="field-error" role="alert">
          {t('form.checkFields')}
        </p>
      ) : null}
    </div>
  )
}

interface AgreementFieldProps {
  view: CaseBasesView
  value: AgreementId | null
  onChange: (next: AgreementId | null) => void
}

const NONE = 'none'

export function AgreementField({ view, value, onChange }: AgreementFieldProps) {
  const { t } = useBasesTexts()
  const inForce = view.agreements.filter(agreement => agreement.inForce)
  if (inForce.length === 0) return null
  return (
    <Select
      label={t('form.agreement')}
      width="medium"
      value={value ?? NONE}
      options={[
        { id: NONE, label: t('form.noAgreement') },
        ...inForce.map(agreement => ({
          id: agreement.agreementId as string,
          label: agreement.title,
          detail: agreement.parties.map(party => party.shortName).join(', '),
        })),
      ]}
      onChange={id => onChange(inForce.find(agreement => agreement.agreementId === id)?.agreementId ?? null)}
    />
  )
}
