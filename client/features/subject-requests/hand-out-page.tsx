/** The sheet that answers a request for access: its parts are picked and its purpose named, it is recorded, and only then is it there to be printed. */
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { codesOf } from '../../../shared/codes.ts'
import { type CaseId, parseId, type SubjectRequestId } from '../../../shared/ids.ts'
import {
  type HandOutView,
  REQUEST_PURPOSE_MAX,
  REQUEST_PURPOSE_MIN,
} from '../../../shared/protocol/subject-requests.ts'
import { HAND_OUT_PARTS, type HandOutPart } from '../../../shared/subject-requests/request-codes.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ErrorNotice, ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { HandOutSheet } from './hand-out-sheet.tsx'
import { requestsApi } from './requests-api.ts'
import { useRequestTexts } from './use-request-texts.ts'
import { useRequests } from './use-requests.ts'
import '../papers/sheets.css'
import './subject-requests.css'

const USUAL: readonly HandOutPart[] = ['who_saw', 'bases', 'disclosures']

export function HandOutPage() {
  const params = useParams()
  const caseId = parseId<CaseId>(params.caseId)
  const requestId = parseId<SubjectRequestId>(params.requestId)
  if (caseId === undefined || requestId === undefined) return <NotFound />
  return <HandOut caseId={caseId} requestId={requestId} />
}

function HandOut({ caseId, requestId }: { caseId: CaseId; requestId: SubjectRequestId }) {
  const { t, language } = useRequestTexts()
  const api = requestsApi(useApi())
  const { data, error: loadError, refetch } = useRequests(caseId)
  const [picked, setPicked] = useState<readonly HandOutPart[]>(USUAL)
  const [purpose, setPurpose] = useState<string>(t('sheet.purposeProposed'))
  const [tried, setTried] = useState(false)
  const [made, setMade] = useState<HandOutView>()
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  if (data === undefined) {
    return loadError ? <ErrorState error={loadError} onRetry={() => void refetch()} /> : <Loading />
  }
  const request = data.requests.find(one => one.requestId === requestId)
  if (request === undefined) return <NotFound />
  const isShort = purpose.trim().length < REQUEST_PURPOSE_MIN
  const isFor = request.kind === 'access' && request.state !== 'withdrawn' && request.answer?.decision !== 'refused'

  async function make() {
    setTried(true)
    setError(undefined)
    if (isShort || picked.length === 0) return
    setPending(true)
    try {
      setMade(await api.handOut(caseId, requestId, { parts: [...picked], purpose: purpose.trim() }))
      void refetch()
    } catch (failure) {
      setError(failure)
    } finally {
      setPending(false)
    }
  }

  return (
    <>
      <div className="no-print">
        <PageHeader
          title={t('sheet.title')}
          lead={t('sheet.lead')}
          back={<Link to={`/cases/${caseId}/requests`}>← {t('sheet.back')}</Link>}
        />
        {!isFor ? (
          <p>{t('sheet.notAccess')}</p>
        ) : made ? (
          <div className="print-gate">
            <div className="row">
              <Button look="primary" onPress={() => window.print()}>
                {t('sheet.print')}
              </Button>
              <Button look="tertiary" onPress={() => setMade(undefined)}>
                {t('sheet.again')}
              </Button>
            </div>
          </div>
        ) : (
          <div className="print-gate">
            <fieldset className="request-parts">
              <legend>{t('sheet.parts')}</legend>
              {codesOf(HAND_OUT_PARTS).map(part => (
                <Checkbox
                  key={part}
                  isSelected={picked.includes(part)}
                  isDisabled={part === 'names' && !picked.includes('who_saw')}
                  onChange={isPicked =>
                    setPicked(before => (isPicked ? [...before, part] : before.filter(one => one !== part)))
                  }
                >
                  {HAND_OUT_PARTS[part][language]}
                </Checkbox>
              ))}
            </fieldset>
            <p className="quiet small">{t('sheet.namesHelp')}</p>
            {tried && picked.length === 0 ? (
              <p className="field-error" role="alert">
                {t('sheet.pick')}
              </p>
            ) : null}
            <TextField
              label={t('sheet.purpose')}
              value={purpose}
              onChange={setPurpose}
              maxLength={REQUEST_PURPOSE_MAX}
              errorMessage={tried && isShort ? t('sheet.purposeShort') : undefined}
            />
            {error ? <ErrorNotice error={error} /> : null}
            <div className="row">
              <Button look="primary" isPending={isPending} onPress={() => void make()}>
                {t('sheet.make')}
              </Button>
            </div>
          </div>
        )}
      </div>
      {made ? <HandOutSheet sheet={made} request={request} /> : null}
    </>
  )
}
