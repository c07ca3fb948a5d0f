import { type FormEvent, useState } from 'react'
import { CONSENT_SCOPES, REPRESENTATIVE_CHECKS, type RepresentativeCheck } from '../../../shared/bases/basis-codes.ts'
import { codesOf } from '../../../shared/codes.ts'
import { RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import type { AgencyId, AgreementId } from '../../../shared/ids.ts'
import type { CaseBasesView } from '../../../shared/protocol/bases.ts'
import { basesApi } from '../../lib/bases-api.ts'
import { useApi } from '../../lib/services.tsx'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { Button } from '../../ui/button.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Checkbox, Choice, TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { askedSections, faultOf, hasSectionFault, newSections, type SectionDraft } from './paper-words.ts'
import { ReceiversField } from './receivers-field.tsx'
import { useBasesTexts } from './use-bases-texts.ts'
import { useSaving } from './use-saving.ts'

export interface PaperFormProps {
  view: CaseBasesView
  receivers: readonly AgencyId[]
  onSaved: (view: CaseBasesView) => void
  onReload: () => Promise<void>
  onClose: () => void
}

/** One paper, entered once: each thing that was asked has its own answer, and everybody who is named gets their cell (BS5, BS6, BS8). */
export function ConsentForm({ view, receivers: asked, onSaved, onReload, onClose }: PaperFormProps) {
  const { t, language } = useBasesTexts()
  const api = basesApi(useApi())
  const notify = useNotices()
  const { save, error, isPending, isConflict } = useSaving<CaseBasesView>({ onSaved, onReload })
  const [receivers, setReceivers] = useState<readonly AgencyId[]>(asked)
  const [givenOn, setGivenOn] = useState(view.today)
  const [from, setFrom] = useState(view.today)
  const [until, setUntil] = useState('')
  const [sections, setSections] = useState(newSections)
  const [under14, setUnder14] = useState(false)
  const [name, setName] = useState('')
  const [relation, setRelation] = useState('')
  const [check, setCheck] = useState<RepresentativeCheck>('signed_here')
  const [keptAt, setKeptAt] = useState('')
  const [agreementId, setAgreement] = useState<AgreementId | null>(null)
  const [tried, setTried] = useState(false)
  useLeaveWarning(true)

  const asking = askedSections(sections)
  const givesToOthers = asking.some(({ scope }) => scope === 'third_party' || scope === 'other_purpose')
  const coversSensitive = asking.some(({ scope, agreed }) => scope === 'sensitive' && agreed)
  const words = (text: string) => {
    const fault = tried ? faultOf(text) : faultOf(text) === 'resident-number' ? 'resident-number' : undefined
    return fault && (fault === 'missing' ? t('form.missing') : RESIDENT_NUMBER_NOTICE[language])
  }
  const isFaulty =
    asking.length === 0 ||
    asking.some(hasSectionFault) ||
    (givesToOthers && receivers.length === 0) ||
    givenOn === '' ||
    from === '' ||
    faultOf(keptAt) !== undefined ||
    (under14 && (faultOf(name) !== undefined || faultOf(relation) !== undefined))

  const change = (at: number, part: Partial<SectionDraft>) =>
    setSections(sections.map((section, index) => (index === at ? { ...section, ...part } : section)))

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isFaulty) return
    const isSaved = await save(command =>
      api.enterConsent(view.caseId, {
        _v: view._v,
        command,
        receivers: givesToOthers ? [...receivers] : [],
        from,
        until: until === '' ? null : until,
        agreementId,
        givenOn,
        sections: asking,
        under14,
        representative: under14 ? { name, relation, check } : null,
        keptAt,
      }),
    )
    if (isSaved) notify(t('form.saved'))
  }

  return (
    <form noValidate onSubmit={event => void submit(event)}>
      <Section title={t('form.consentTitle')} lead={t('form.consentLead')}>
        <div className="stack card">
          <FormTrouble error={error} isConflict={isConflict} />
          <div className="row">
            <DatePicker
              label={t('form.givenOn')}
              value={givenOn}
              onChange={setGivenOn}
              errorMessage={tried && givenOn === '' ? t('form.noDay') : undefined}
            />
            <DatePicker
              label={t('form.from')}
              value={from}
              onChange={setFrom}
              errorMessage={tried && from === '' ? t('form.noDay') : undefined}
            />
            <DatePicker label={`${t('form.until')} (${t('form.untilHelp')})`} value={until} onChange={setUntil} />
          </div>
          {sections.map((section, at) => (
            <fieldset key={section.scope} className="bases-paper-section">
              <legend>
                {CONSENT_SCOPES[section.scope][language]}{' '}
                <span className="quiet small">({CONSENT_SCOPES[section.scope].article})</span>
              </legend>
              <Choice
                label={t('form.answer', { scope: CONSENT_SCOPES[section.scope][language] })}
                labelHidden
                value={section.answer}
                onChange={answer => change(at, { answer })}
                options={[
                  { id: 'agreed', label: t('form.agreed') },
                  { id: 'refused', label: t('form.refused') },
                  { id: 'not-asked', label: t('form.notAsked') },
                ]}
              />
              {section.answer === 'not-asked' ? null : (
                <div className="bases-paper-words">
                  {(['purpose', 'items', 'period', 'refusal'] as const).map(field => (
                    <TextField
                      key={field}
                      label={t(`form.${field}`)}
                      rows={2}
                      value={section[field]}
                      onChange={value => change(at, { [field]: value })}
                      errorMessage={words(section[field])}
                      isRequired
                      validationBehavior="aria"
                    />
                  ))}
                </div>
              )}
            </fieldset>
          ))}
          {tried && asking.length === 0 ? <p className="field-error">{t('form.noSection')}</p> : null}
          {givesToOthers && view.sensitive && !coversSensitive ? (
            <Notice tone="warning">{t('form.withoutSensitive')}</Notice>
          ) : null}
          {givesToOthers ? (
            <ReceiversField
              view={view}
              value={receivers}
              onChange={setReceivers}
              errorMessage={tried && receivers.length === 0 ? t('form.noReceiver') : undefined}
            />
          ) : null}
          <Checkbox isSelected={under14} onChange={setUnder14}>
            {t('form.under14')}
          </Checkbox>
          {under14 ? (
            <div className="row">
              <TextField
                label={t('form.representative')}
                value={name}
                onChange={setName}
                width="medium"
                errorMessage={words(name)}
              />
              <TextField
                label={t('form.relation')}
                value={relation}
                onChange={setRelation}
                width="short"
                placeholder={t('form.relationExample')}
                errorMessage={words(relation)}
              />
              <Select
                label={t('form.check')}
                width="medium"
                value={check}
                options={codesOf(REPRESENTATIVE_CHECKS).map(id => ({ id, label: REPRESENTATIVE_CHECKS[id][language] }))}
                onChange={setCheck}
              />
            </div>
          ) : null}
          <TextField
            label={t('form.keptAt')}
            value={keptAt}
            onChange={setKeptAt}
            placeholder={t('form.keptAtExample')}
            errorMessage={words(keptAt)}
            isRequired
            validationBehavior="aria"
          />
          <AgreementField view={view} value={agreementId} onChange={setAgreement} />
          <FormButtons isPending={isPending} onClose={onClose} isFaulty={tried && isFaulty} />
        </div>
      </Section>
    </form>
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
