/**
 * Between a sheet that shows somebody's data and the printer: what it is for, asked in one sentence that is already proposed, and recorded
 * before anything goes out. Printing past the button gives a page that says so. A sheet that shows nobody's data is simply printed.
 */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ConferenceId } from '../../../shared/ids.ts'
import { type PrintBody, type PrintView, PURPOSE_MAX, PURPOSE_MIN } from '../../../shared/protocol/papers.ts'
import { formatDateTime } from '../../lib/format.ts'
import { useSession } from '../../lib/session.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { usePaperTexts } from './use-paper-texts.ts'
import { usePapersApi } from './use-papers.ts'

type Recorded<Body> = Body extends { how: unknown; purpose: unknown } ? Omit<Body, 'how' | 'purpose'> : never

interface GateProps {
  proposedPurpose: string
  /** Words while something is still missing. */
  waiting?: string | undefined
  /** The sheet as text, where it can be copied. */
  textOf?: () => string
  /** More controls, beside the buttons. */
  controls?: ReactNode
  children: ReactNode
}

export interface PrintGateProps extends GateProps {
  conferenceId: ConferenceId
  /** What goes out; undefined when it shows nobody's data. */
  what: Recorded<PrintBody> | undefined
}

/** A sheet of a conference. */
export function PrintGate({ conferenceId, what, ...gate }: PrintGateProps) {
  const api = usePapersApi()
  const record =
    what &&
    ((how: 'print' | 'copy', purpose: string) => api.recordPrint(conferenceId, { ...what, how, purpose } as PrintBody))
  return <RecordedPrint {...gate} record={record} />
}

export interface RecordedPrintProps extends GateProps {
  /** Records what goes out before it does; undefined when it shows nobody's data. */
  record: ((how: 'print' | 'copy', purpose: string) => Promise<PrintView>) | undefined
}

export function RecordedPrint({ record, proposedPurpose, waiting, textOf, controls, children }: RecordedPrintProps) {
  const { t, language } = usePaperTexts()
  const { person } = useSession()
  const notify = useNotices()
  const [typed, setTyped] = useState<string>()
  const [tried, setTried] = useState(false)
  const [recorded, setRecorded] = useState<PrintView>()
  const [pending, setPending] = useState<'print' | 'copy'>()
  const [error, setError] = useState<unknown>()
  const sheet = useRef<HTMLDivElement>(null)
  const purpose = (typed ?? proposedPurpose).trim()
  const isTooShort = purpose.length < PURPOSE_MIN

  useEffect(() => {
    // The next print is another one.
    const done = () => setRecorded(undefined)
    window.addEventListener('afterprint', done)
    return () => window.removeEventListener('afterprint', done)
  }, [])

  async function go(how: 'print' | 'copy') {
    setTried(true)
    setError(undefined)
    if (record !== undefined && isTooShort) return
    setPending(how)
    try {
      const print = await record?.(how, purpose)
      if (how === 'copy') await copy()
      else {
        // The record's number must stand on the page before the browser takes its picture of it.
        flushSync(() => setRecorded(print))
        window.print()
      }
    } catch (failure) {
      setError(failure)
    } finally {
      setPending(undefined)
    }
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(textOf?.() ?? '')
      notify(t('sheets.copied'))
    } catch {
      // Without https browsers lend no clipboard: the text is selected, and Ctrl+C does the rest.
      if (sheet.current) window.getSelection()?.selectAllChildren(sheet.current)
      notify(t('sheets.copyFailed'), 'warning')
    }
  }

  return (
    <>
      <div className="print-gate no-print">
        {controls}
        {record ? (
          <TextField
            label={t('gate.purpose')}
            description={t('gate.purposeHelp')}
            value={typed ?? proposedPurpose}
            onChange={setTyped}
            maxLength={PURPOSE_MAX}
            errorMessage={tried && isTooShort ? t('gate.purposeShort') : undefined}
          />
        ) : null}
        {error ? <ErrorNotice error={error} /> : null}
        <div className="row">
          <Button
            look="primary"
            isPending={pending === 'print'}
            isDisabled={waiting !== undefined}
            onPress={() => void go('print')}
          >
            {t('sheets.print')}
          </Button>
          {textOf ? (
            <Button isPending={pending === 'copy'} isDisabled={waiting !== undefined} onPress={() => void go('copy')}>
              {t('sheets.copy')}
            </Button>
          ) : null}
          <span className="quiet" role="status">
            {waiting ?? ''}
          </span>
        </div>
      </div>
      {record && !recorded ? <p className="only-print">{t('gate.byButton')}</p> : null}
      <div ref={sheet} className={`sheet${record && !recorded ? ' no-print' : ''}`}>
        <div className="sheet-body">{children}</div>
        {recorded ? (
          <div className="sheet-stamp">
            {t('gate.stamp', {
              name: person.name,
              when: formatDateTime(recorded.at, language),
              serial: recorded.printId.slice(0, 8),
            })}
          </div>
        ) : null}
      </div>
    </>
  )
}
