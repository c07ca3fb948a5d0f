import { useState } from 'react'
import { CONSENT_SCOPES, REPRESENTATIVE_CHECKS, type RepresentativeCheck } from '../../../shared/bases/basis-codes.ts'
import { codesOf } from '../../../shared/codes.ts'
import { RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import { basesApi } from '../../lib/bases-api.ts'
import { useApi } from '../../lib/services.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Checkbox, Choice, TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { PaperDays, PaperForm, type PaperFormProps, usePaper } from './paper-form.tsx'
import { askedSections, faultOf, hasSectionFault, newSections, type SectionDraft } from './paper-words.ts'
import { ReceiversField } from './receivers-field.tsx'
import { useBasesTexts } from './use-bases-texts.ts'
import { useEnteredWords } from './use-entered-words.ts'

/** One paper, entered once: each thing that was asked has its own answer, and everybody who is named gets their cell (BS5, BS6, BS8). */
export function ConsentForm(props: PaperFormProps) {
  const { t, language } = useBasesTexts()
  const api = basesApi(useApi())
  const notify = useNotices()
  const sayEntered = useEnteredWords()
  const paper = usePaper(props)
  const { view, receivers, tried } = paper
  const [givenOn, setGivenOn] = useState(view.today)
  const [sections, setSections] = useState(newSections)
  const [under14, setUnder14] = useState(false)
  const [name, setName] = useState('')
  const [relation, setRelation] = useState('')
  const [check, setCheck] = useState<RepresentativeCheck>('signed_here')
  const [keptAt, setKeptAt] = useState('')

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
    paper.from === '' ||
    faultOf(keptAt) !== undefined ||
    (under14 && (faultOf(name) !== undefined || faultOf(relation) !== undefined))

  const change = (at: number, part: Partial<SectionDraft>) =>
    setSections(sections.map((section, index) => (index === at ? { ...section, ...part } : section)))

  return (
    <PaperForm
      title={t('form.consentTitle')}
      lead={t('form.consentLead')}
      paper={paper}
      isFaulty={isFaulty}
      enter={common =>
        api.enterConsent(view.caseId, {
          ...common,
          receivers: givesToOthers ? [...receivers] : [],
          givenOn,
          sections: asking,
          under14,
          representative: under14 ? { name, relation, check } : null,
          keptAt,
        })
      }
      onEntered={saved => notify(sayEntered(saved, givesToOthers ? receivers : []))}
    >
      <PaperDays paper={paper}>
        <DatePicker
          label={t('form.givenOn')}
          value={givenOn}
          onChange={setGivenOn}
          errorMessage={tried && givenOn === '' ? t('form.noDay') : undefined}
        />
      </PaperDays>
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
          onChange={paper.setReceivers}
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
    </PaperForm>
  )
}
