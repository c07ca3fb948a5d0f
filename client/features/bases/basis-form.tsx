import { useState } from 'react'
import { needsApproval } from '../../../shared/bases/bases.ts'
import { CONSENT_BASES, DISCLOSURE_BASES, type DisclosureBasis } from '../../../shared/bases/basis-codes.ts'
import { codesOf } from '../../../shared/codes.ts'
import { RESIDENT_NUMBER_NOTICE } from '../../../shared/identifiers/resident-number.ts'
import { addDays } from '../../../shared/working-days.ts'
import { basesApi } from '../../lib/bases-api.ts'
import { useApi } from '../../lib/services.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { PaperDays, PaperForm, type PaperFormProps, usePaper } from './paper-form.tsx'
import { faultOf, LAW_ITEMS, LAW_MEASURES, LAW_WORDS } from './paper-words.ts'
import { ReceiversField } from './receivers-field.tsx'
import { useBasesTexts } from './use-bases-texts.ts'
import { useEnteredWords } from './use-entered-words.ts'

const KINDS = codesOf(DISCLOSURE_BASES).filter(kind => !CONSENT_BASES.some(consent => consent === kind))
const WEEK = 7

/** A basis without consent: a task, a law, urgency (BS10, BS11). */
export function BasisForm(props: PaperFormProps) {
  const { t, language } = useBasesTexts()
  const api = basesApi(useApi())
  const notify = useNotices()
  const sayEntered = useEnteredWords()
  const paper = usePaper(props)
  const { view, receivers, tried } = paper
  const [basis, setBasis] = useState<DisclosureBasis>('public_task')
  const usual = LAW_WORDS.public_task
  const [law, setLaw] = useState(usual?.law ?? '')
  const [sensitiveLaw, setSensitiveLaw] = useState('')
  const [purpose, setPurpose] = useState(usual?.purpose ?? '')
  const [items, setItems] = useState(LAW_ITEMS)
  const [reason, setReason] = useState('')
  const [measures, setMeasures] = useState(LAW_MEASURES)
  const [reviewOn, setReviewOn] = useState(addDays(view.today, WEEK))

  const isUrgent = needsApproval(basis)
  const asksLaw = 'law' in DISCLOSURE_BASES[basis]
  const publicOnly = 'public' in DISCLOSURE_BASES[basis]
  const words = (text: string, isAsked = true) => {
    const fault = faultOf(text)
    if (fault === 'resident-number') return RESIDENT_NUMBER_NOTICE[language]
    return tried && isAsked && fault === 'missing' ? t('form.missing') : undefined
  }
  const isFaulty =
    receivers.length === 0 ||
    paper.from === '' ||
    [purpose, items].some(text => faultOf(text) !== undefined) ||
    (asksLaw && faultOf(law) !== undefined) ||
    (isUrgent && (faultOf(reason) !== undefined || reviewOn === '')) ||
    [law, sensitiveLaw, reason, measures].some(text => faultOf(text) === 'resident-number')

  return (
    <PaperForm
      title={t('form.lawTitle')}
      lead={t('form.lawLead')}
      paper={paper}
      isFaulty={isFaulty}
      enter={common =>
        api.enterBasis(view.caseId, {
          ...common,
          receivers: [...receivers],
          basis,
          law: asksLaw ? law : '',
          purpose,
          items,
          reason: isUrgent ? reason : '',
          sensitiveLaw,
          measures,
          reviewOn: isUrgent ? reviewOn : null,
        })
      }
      onEntered={saved => notify(sayEntered(saved, receivers))}
    >
      <Select
        label={t('form.basis')}
        width="medium"
        value={basis}
        options={KINDS.map(id => ({
          id,
          label: DISCLOSURE_BASES[id][language],
          detail: [
            DISCLOSURE_BASES[id].article,
            ...('public' in DISCLOSURE_BASES[id] ? [t('form.publicOnly')] : []),
          ].join(' · '),
        }))}
        onChange={setBasis}
      />
      <ReceiversField
        view={view}
        value={receivers}
        onChange={paper.setReceivers}
        publicOnly={publicOnly}
        errorMessage={tried && receivers.length === 0 ? t('form.noReceiver') : undefined}
      />
      {asksLaw ? (
        <TextField
          label={t('form.law')}
          value={law}
          onChange={setLaw}
          placeholder={t('form.lawExample')}
          errorMessage={words(law)}
          isRequired
          validationBehavior="aria"
        />
      ) : null}
      {isUrgent ? (
        <>
          <TextField
            label={t('form.reason')}
            description={t('form.reasonHelp')}
            rows={3}
            value={reason}
            onChange={setReason}
            errorMessage={words(reason)}
            isRequired
            validationBehavior="aria"
          />
          <DatePicker
            label={`${t('form.reviewOn')} (${t('form.reviewHelp')})`}
            value={reviewOn}
            onChange={setReviewOn}
            errorMessage={tried && reviewOn === '' ? t('form.check14') : undefined}
          />
        </>
      ) : null}
      {view.sensitive && sensitiveLaw.trim() === '' ? (
        <Notice tone="warning">{t('form.withoutSensitive')}</Notice>
      ) : null}
      <TextField
        label={t('form.sensitiveLaw')}
        description={t('form.sensitiveLawHelp')}
        value={sensitiveLaw}
        onChange={setSensitiveLaw}
        errorMessage={words(sensitiveLaw, false)}
      />
      <TextField label={t('form.purpose')} value={purpose} onChange={setPurpose} errorMessage={words(purpose)} />
      <TextField label={t('form.items')} value={items} onChange={setItems} errorMessage={words(items)} />
      <TextField
        label={t('form.measures')}
        value={measures}
        onChange={setMeasures}
        errorMessage={words(measures, false)}
      />
      <PaperDays paper={paper} />
    </PaperForm>
  )
}
