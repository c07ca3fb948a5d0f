/** One form of a case, filled out of what was written once and printed after saying what for (CF1–CF4). */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { isCode } from '../../../../shared/codes.ts'
import { snapshotOfCase } from '../../../../shared/documents/case-parts/case-snapshot.ts'
import { type CaseId, parseId } from '../../../../shared/ids.ts'
import {
  CASE_FORMS,
  type CaseForm,
  type CasePrintBody,
  FORM_PARTS,
  type FormPart,
  PARTS_OF_FORM,
  PICKED_BY_HAND,
  usualPartsOf,
} from '../../../../shared/protocol/case-forms.ts'
import type { CaseLifeView } from '../../../../shared/protocol/case-life.ts'
import type { CaseRecordsView } from '../../../../shared/protocol/case-records.ts'
import type { CaseView } from '../../../../shared/protocol/http-api.ts'
import { seoulDay } from '../../../lib/format.ts'
import { useApi } from '../../../lib/services.tsx'
import { useSession } from '../../../lib/session.tsx'
import { Checkbox } from '../../../ui/fields.tsx'
import { NotFound } from '../../../ui/states.tsx'
import { RecordedPrint } from '../../papers/print-gate.tsx'
import { CasePrintFrame, NotForReaders, recordCasePrint } from '../case-print-frame.tsx'
import { useCodes } from '../codes.ts'
import type { CaseDocument } from '../use-case-document.ts'
import { useCaseWorkTexts } from '../use-case-work-texts.ts'
import { formOf } from './form-of.ts'
import { FormSheetView } from './form-sheet-view.tsx'
import { useSheetWords } from './use-sheet-words.ts'
import '../../papers/papers.css'
import '../../papers/sheets.css'
import '../case-work.css'
import './forms.css'

export function FormPage() {
  const params = useParams()
  const caseId = parseId<CaseId>(params.caseId)
  if (caseId === undefined || !isCode(CASE_FORMS, params.form)) return <NotFound />
  return <OpenForm key={`${caseId} ${params.form}`} caseId={caseId} form={params.form} />
}

function OpenForm({ caseId, form }: { caseId: CaseId; form: CaseForm }) {
  const { t, language } = useCaseWorkTexts()
  return (
    <CasePrintFrame
      caseId={caseId}
      title={CASE_FORMS[form][language]}
      lead={t('forms.lead')}
      back={{ to: `/cases/${caseId}/needs`, words: t('forms.back') }}
      waiting={t('forms.notReady')}
    >
      {(view, document) => <Filled form={form} view={view} document={document} />}
    </CasePrintFrame>
  )
}

function Filled({ form, view, document }: { form: CaseForm; view: CaseView; document: CaseDocument }) {
  const { t, language } = useCaseWorkTexts()
  const { t: words } = useSheetWords()
  const codes = useCodes()
  const api = useApi()
  const { person } = useSession()
  const [picked, setPicked] = useState<readonly FormPart[]>(() => usualPartsOf(form))
  const isClosure = form === 'closure_evaluation'
  // Without it the sheet's days stay for the pen.
  const life = useQuery({
    queryKey: ['case-life', view.caseId],
    queryFn: () => api.call<CaseLifeView>('GET', `/cases/${encodeURIComponent(view.caseId)}/life`),
    enabled: isClosure,
    retry: false,
  })
  const recordKind = form === 'intake' ? 'intake' : form === 'service_plan' ? 'monitoring' : undefined
  const records = useQuery({
    queryKey: ['case-form-records', view.caseId, recordKind],
    queryFn: () =>
      api.call<CaseRecordsView>('GET', `/cases/${encodeURIComponent(view.caseId)}/records?kind=${recordKind}`),
    enabled: recordKind !== undefined,
    retry: false,
  })
  const shared = records.data?.records.find(record => record.narrowTo === null)
  const { doc } = document.state
  const writerAgency = view.workers.find(worker => worker.userId === person.userId)?.agencyId
  // Read again whenever something of the document is another: the page is drawn then.
  const snapshot = snapshotOfCase(doc)
  const sheet = formOf(form, {
    view,
    snapshot,
    life: life.data,
    interview:
      shared?.content.kind === 'intake'
        ? { content: shared.content, by: shared.by.name, agency: shared.by.agency.name }
        : undefined,
    check: shared?.content.kind === 'monitoring' ? shared.content : undefined,
    writer: {
      name: person.name,
      agency: view.agencies.find(agency => agency.agencyId === writerAgency)?.name ?? '',
    },
    today: seoulDay(Date.now()),
    has: part => picked.includes(part),
    language,
    codes,
    t: words,
  })
  if (document.state.mayWrite === false) return <NotForReaders />
  const body: Omit<CasePrintBody, 'purpose'> = {
    form,
    parts: PARTS_OF_FORM[form].filter(part => picked.includes(part)),
  }
  return (
    <RecordedPrint
      record={(_how, purpose) => recordCasePrint(api, view.caseId, { ...body, purpose })}
      proposedPurpose={t('forms.purpose', { form: CASE_FORMS[form][language] })}
      waiting={
        body.parts.length === 0
          ? t('forms.noParts')
          : document.state.mayWrite === null ||
              (isClosure && life.isPending) ||
              (recordKind !== undefined && records.isPending)
            ? t('forms.notReady')
            : undefined
      }
      controls={
        <fieldset className="form-parts">
          <legend>{t('forms.parts')}</legend>
          <p className="quiet small">{t('forms.partsHelp')}</p>
          <div className="case-flags">
            {PARTS_OF_FORM[form].map(part => (
              <Checkbox
                key={part}
                isSelected={picked.includes(part)}
                onChange={isPicked => setPicked(isPicked ? [...picked, part] : picked.filter(one => one !== part))}
              >
                {FORM_PARTS[part][language]}
                {PICKED_BY_HAND.includes(part) ? <span className="quiet small"> {t('forms.byHand')}</span> : null}
              </Checkbox>
            ))}
          </div>
        </fieldset>
      }
    >
      <FormSheetView sheet={sheet} />
    </RecordedPrint>
  )
}
