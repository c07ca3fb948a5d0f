/**
 * Checking a copy of minutes on this computer: the file is read here and sent nowhere. Open to everybody, because a copy is checked by whoever was given
 * one. The public key is asked for once and can be replaced by that of another installation.
 */
import { useEffect, useRef, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { isCode } from '../../../shared/codes.ts'
import { PUBLIC_KEY_BYTES } from '../../../shared/minutes/bundle.ts'
import { fromBase64Url } from '../../../shared/minutes/canonical.ts'
import { type MinutesProblem, type VerifyReport, verifyMinutes } from '../../../shared/minutes/verify.ts'
import { formatDateTime } from '../../lib/format.ts'
import { minutesApi } from '../../lib/minutes-api.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { browserVerifier } from './browser-verifier.ts'
import { minutesKo } from './texts-ko.ts'
import { useMinutesTexts } from './use-minutes-texts.ts'
import './minutes.css'

/** Larger than any bundle: a file that is none must not fill the memory. */
const MAX_BYTES = 50 * 1024 * 1024

type Result = { state: 'none' | 'working' | 'not-json' | 'no-crypto' } | { state: 'done'; report: VerifyReport }

export function VerifyPage() {
  const { t } = useMinutesTexts()
  const api = useApi()
  const [key, setKey] = useState('')
  const [file, setFile] = useState<File>()
  const [result, setResult] = useState<Result>({ state: 'none' })
  const [isOver, setOver] = useState(false)
  const isKey = fromBase64Url(key.trim(), PUBLIC_KEY_BYTES) !== undefined
  const typed = useRef(false)

  useEffect(() => {
    minutesApi(api)
      .key()
      .then(({ publicKey }) => {
        if (!typed.current) setKey(publicKey)
      })
      // Without the server the key can still be typed.
      .catch(() => undefined)
  }, [api])

  useEffect(() => {
    if (file === undefined || !isKey) return
    let isCurrent = true
    setResult({ state: 'working' })
    void check(file, key.trim()).then(found => {
      if (isCurrent) setResult(found)
    })
    return () => {
      isCurrent = false
    }
  }, [file, key, isKey])

  return (
    <main className="minutes-verify">
      <PageHeader title={t('verify.title')} lead={t('verify.lead')} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first. */}
      <div
        className={`minutes-drop${isOver ? ' is-over' : ''}`}
        onDragOver={event => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={event => {
          event.preventDefault()
          setOver(false)
          setFile(event.dataTransfer.files[0])
        }}
      >
        <p>{t('verify.drop')}</p>
        <FileTrigger
          acceptedFileTypes={['application/json', '.json']}
          onSelect={files => setFile(files?.[0] ?? undefined)}
        >
          <Button look="primary">{t('verify.choose')}</Button>
        </FileTrigger>
        {file ? <p className="quiet">{file.name}</p> : null}
      </div>
      <TextField
        label={t('verify.key')}
        description={t('verify.keySays')}
        errorMessage={key.trim() !== '' && !isKey ? t('verify.keyBad') : undefined}
        value={key}
        onChange={value => {
          typed.current = true
          setKey(value)
        }}
      />
      <div role="status" data-testid="verify-result">
        <Outcome result={result} />
      </div>
    </main>
  )
}

async function check(file: File, key: string): Promise<Result> {
  const verify = await browserVerifier(key)
  if (verify === undefined) return { state: 'no-crypto' }
  if (file.size > MAX_BYTES) return { state: 'not-json' }
  let value: unknown
  try {
    value = JSON.parse(await file.text())
  } catch {
    return { state: 'not-json' }
  }
  return { state: 'done', report: await verifyMinutes(value, key, verify) }
}

function Outcome({ result }: { result: Result }) {
  const { t, language } = useMinutesTexts()
  switch (result.state) {
    case 'none':
      return null
    case 'working':
      return <p>{t('verify.working')}</p>
    case 'not-json':
      return <Notice tone="danger">{t('verify.notJson')}</Notice>
    case 'no-crypto':
      return <Notice tone="warning">{t('verify.noCrypto')}</Notice>
    case 'done':
      break
  }
  const { report } = result
  if (report.problems.length > 0) return <Problems problems={report.problems} />
  const { version, versions, final, shown, hidden, signatures } = report
  return (
    <Notice tone="success" title={t('verify.good')}>
      <p>
        {final
          ? t('verify.goodFinal', {
              version,
              how: t(`how.${final.how}`, { days: report.workingDays }),
              at: formatDateTime(final.at, language),
            })
          : t('verify.goodOpen', { version })}
      </p>
      <p>{t('verify.parts', { shown, hidden, signatures })}</p>
      {version < versions ? <p>{t('verify.older', { version, versions })}</p> : null}
    </Notice>
  )
}

function Problems({ problems }: { problems: readonly MinutesProblem[] }) {
  const { t } = useMinutesTexts()
  return (
    <Notice tone="danger" title={t('verify.bad')}>
      <ul>
        {problems.map(problem => (
          <li key={JSON.stringify(problem)}>
            <Place problem={problem} />{' '}
            {t(`verify.problem.${problem.what}`, {
              version: problem.version ?? '',
              part: isCode(minutesKo.part, problem.part) ? t(`part.${problem.part}`) : '',
            })}
          </li>
        ))}
      </ul>
      <p>{t('verify.badSays')}</p>
    </Notice>
  )
}

function Place({ problem: { leaf, item } }: { problem: MinutesProblem }) {
  const { t } = useMinutesTexts()
  if (leaf === 'meeting') return <strong>{t('verify.meeting')}</strong>
  if (item === undefined) return null
  return (
    <strong>{leaf?.startsWith('supervision:') ? t('verify.supervision', { item }) : t('verify.item', { item })}</strong>
  )
}
