/** One code set being edited: every step can be taken back, what will change is told before it is published, and two at once lose nothing. */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changesOf, faultsOfNext } from '../../../shared/code-sets/code-sets.ts'
import { CODE_SETS, isCodeSetName, shippedSet } from '../../../shared/code-sets/shipped.ts'
import type { CodeSetHistory } from '../../../shared/protocol/code-sets.ts'
import { CODE_REASON_MAX } from '../../../shared/protocol/code-sets.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useLeaveWarning } from '../../lib/use-leave-warning.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { ChangeList } from './change-list.tsx'
import { added, beginDraft, broughtOnto, type CodeSetDraft, entriesOf, undone } from './code-set-draft.ts'
import { CodeSetHistoryList } from './code-set-history.tsx'
import { CodeSetTable } from './code-set-table.tsx'
import { codeSetsApi } from './code-sets-api.ts'
import { useCodeSetTexts } from './use-code-set-texts.ts'
import { CODE_SETS_KEY, useCodeSets } from './use-code-sets.ts'

/** A list has no empty choice; this is the one for all. */
const EVERYTHING = 'all'

export function CodeSetEditor({ history }: { history: CodeSetHistory }) {
  const { t, language } = useCodeSetTexts()
  const { set } = history
  const { isFixed = false, heading, isHeadingOptional = false } = shippedSet(set)
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const codes = useCodeSets()
  const [known, setKnown] = useState(history)
  const newest = known.versions[0]
  const [draft, setDraft] = useState<CodeSetDraft>(() => beginDraft(newest?.version ?? 1, newest?.entries ?? []))
  /** The version that somebody else published while this draft was made. */
  const [theirs, setTheirs] = useState<{ version: number; from: CodeSetDraft['base'] }>()
  const [reason, setReason] = useState('')
  const [under, setUnder] = useState(EVERYTHING)
  const [tried, setTried] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()

  // What is typed may end in a blank for a moment; what is published does not.
  const entries = entriesOf(draft).map(entry => ({ ...entry, ko: entry.ko.trim(), en: entry.en.trim() }))
  const changes = changesOf(draft.base, entries)
  const headings = isCodeSetName(heading) ? codes.view(heading).entries : undefined
  const rules = { isFixed, headings: headings?.map(({ code }) => code), isHeadingOptional }
  const faults = changes.length === 0 ? [] : faultsOfNext(draft.base, entries, rules)
  const nameOf = (code: string) => entries.find(entry => entry.code === code)?.[language] || t('table.new')
  useLeaveWarning(changes.length > 0)

  async function look() {
    const read = await codeSetsApi(api).history(set)
    queries.setQueryData(['code-set-history', set], read)
    setKnown(read)
    return read
  }

  async function publish() {
    setError(undefined)
    setPending(true)
    try {
      const sets = await codeSetsApi(api).publish(set, {
        _v: draft.version,
        entries: [...entries],
        reason: reason.trim(),
      })
      queries.setQueryData(CODE_SETS_KEY, sets)
      const read = await look()
      setDraft(beginDraft(read.versions[0]?.version ?? 1, read.versions[0]?.entries ?? []))
      setTheirs(undefined)
      setReason('')
      setTried(false)
      notify(t('published', { n: read.versions[0]?.version ?? 1 }))
    } catch (failure) {
      if (failure instanceof ApiError && failure.reason === 'conflict') await bringOnto(failure)
      else setError(failure)
    } finally {
      setPending(false)
      setAsking(false)
    }
  }

  async function bringOnto(failure: ApiError) {
    try {
      const [now] = (await look()).versions
      if (now === undefined) return setError(failure)
      setTheirs({ version: now.version, from: draft.base })
      setDraft(broughtOnto(draft, now.version, now.entries))
    } catch (trouble) {
      setError(trouble)
    }
  }

  function ask() {
    setTried(true)
    if (faults.length === 0 && reason.trim() !== '') setAsking(true)
  }

  return (
    <>
      {isFixed ? <Notice>{t('fixed')}</Notice> : null}
      {theirs ? (
        <Notice tone="warning" announce="alert" title={t('conflict.title', { n: theirs.version })}>
          <p>{t('conflict.body')}</p>
          <ChangeList changes={changesOf(theirs.from, draft.base)} />
        </Notice>
      ) : null}
      <Section
        title={`${CODE_SETS[set][language]} · ${t('version', { n: draft.version })}`}
        actions={
          <div className="row">
            <Button look="tertiary" size="small" isDisabled={draft.steps.length === 0} onPress={() => setDraft(undone)}>
              {t('undo')}
            </Button>
            {isFixed ? null : (
              <Button
                look="secondary"
                size="small"
                isDisabled={headings !== undefined && !isHeadingOptional && under === EVERYTHING}
                onPress={() =>
                  setDraft(now =>
                    added(
                      now,
                      under === EVERYTHING ? undefined : under,
                      known.versions.map(one => one.entries),
                    ),
                  )
                }
              >
                {t('add')}
              </Button>
            )}
          </div>
        }
      >
        {headings ? (
          <Select
            label={t('heading')}
            value={under}
            width="medium"
            options={[
              { id: EVERYTHING, label: t('everything') },
              ...headings.map(entry => ({ id: entry.code, label: entry[language] })),
            ]}
            onChange={setUnder}
          />
        ) : null}
        <CodeSetTable
          draft={draft}
          under={under === EVERYTHING ? undefined : under}
          isFixed={isFixed}
          hasOfficial={entries.some(entry => entry.official !== undefined)}
          change={setDraft}
        />
      </Section>
      <Section title={t('preview')} lead={t('kept')}>
        {changes.length === 0 ? (
          <p className="quiet">{t('previewNone')}</p>
        ) : (
          <div className="card stack">
            <ChangeList changes={changes} />
            <TextField
              label={t('reason')}
              placeholder={t('reasonExample')}
              maxLength={CODE_REASON_MAX}
              value={reason}
              onChange={setReason}
              errorMessage={tried && reason.trim() === '' ? t('reasonNeeded') : undefined}
            />
            {tried && faults.length > 0 ? (
              <div role="alert">
                {faults.map(one => {
                  const name = 'code' in one ? nameOf(one.code) : ''
                  const key =
                    one.fault === 'label' || one.fault === 'same-name' || one.fault === 'none-in-use'
                      ? one.fault
                      : 'other'
                  return (
                    <p className="field-error" key={`${one.fault} ${'code' in one ? one.code : ''}`}>
                      {t(`faults.${key}`, { name: name || one.fault })}
                    </p>
                  )
                })}
              </div>
            ) : null}
            {error ? <ErrorNotice error={error} /> : null}
            <div className="row">
              <Button look="primary" isPending={isPending} onPress={ask}>
                {t('publish')}
              </Button>
              <Button look="tertiary" onPress={() => setDraft(beginDraft(newest?.version ?? 1, newest?.entries ?? []))}>
                {t('discard')}
              </Button>
            </div>
          </div>
        )}
      </Section>
      <CodeSetHistoryList versions={known.versions} />
      <ConfirmDialog
        title={t('publishTitle')}
        isOpen={isAsking}
        action={t('publish')}
        isPending={isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => void publish()}
      >
        {t('publishBody', { set: CODE_SETS[set][language], n: draft.version + 1 })}
      </ConfirmDialog>
    </>
  )
}
