/** Any two moments beside each other, one of them usually now. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { differencesBetween, isNoDifference } from '../../../shared/history/content-diff.ts'
import type { ItemContent } from '../../../shared/history/item-content.ts'
import type { ItemVersionId } from '../../../shared/history/version-moments.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice, Loading } from '../../ui/states.tsx'
import { Differences } from './differences.tsx'
import { useHistoryTexts } from './use-history-texts.ts'

export type Side = ItemVersionId | 'now'

export interface ComparisonProps {
  before: Side
  after: Side
  /** The oldest first, now last. */
  choices: readonly { id: Side; label: string; detail: string }[]
  now: ItemContent
  contentOf: (versionId: ItemVersionId) => Promise<ItemContent>
  agencyName: (agencyId: string) => string
  onChange: (pair: { before: Side; after: Side }) => void
  onClose: () => void
}

export function Comparison(props: ComparisonProps) {
  const { before, after, choices, now, contentOf, agencyName, onChange, onClose } = props
  const { t } = useHistoryTexts()
  const earlier = useContent(before, now, contentOf)
  const later = useContent(after, now, contentOf)
  const found = useMemo(
    () => (earlier.content && later.content ? differencesBetween(earlier.content, later.content) : undefined),
    [earlier.content, later.content],
  )
  const error = earlier.error ?? later.error
  // It opens below the list that it was asked for in.
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <section className="history-comparison" aria-label={t('compare.title')}>
      <div className="part-head">
        <h4 className="history-title" ref={title} tabIndex={-1}>
          {t('compare.title')}
        </h4>
        <Button look="text" size="small" onPress={onClose}>
          {t('compare.close')}
        </Button>
      </div>
      <div className="history-sides">
        <Select
          label={t('compare.before')}
          width="medium"
          value={before}
          options={choices}
          onChange={side => onChange({ before: side, after })}
        />
        <Select
          label={t('compare.after')}
          width="medium"
          value={after}
          options={choices}
          onChange={side => onChange({ before, after: side })}
        />
      </div>
      <div aria-live="polite">
        {before === after ? (
          <p className="quiet">{t('compare.same')}</p>
        ) : error !== undefined ? (
          <ErrorNotice error={error} />
        ) : found === undefined ? (
          <Loading words={t('compare.loading')} />
        ) : isNoDifference(found) ? (
          <p className="quiet">{t('compare.none')}</p>
        ) : (
          <Differences found={found} agencyName={agencyName} />
        )}
      </div>
    </section>
  )
}

function useContent(side: Side, now: ItemContent, contentOf: (versionId: ItemVersionId) => Promise<ItemContent>) {
  const [loaded, setLoaded] = useState<{ side: Side; content?: ItemContent; error?: unknown }>()
  useEffect(() => {
    if (side === 'now') return
    let isOver = false
    contentOf(side).then(
      content => {
        if (!isOver) setLoaded({ side, content })
      },
      error => {
        if (!isOver) setLoaded({ side, error })
      },
    )
    return () => {
      isOver = true
    }
  }, [side, contentOf])
  if (side === 'now') return { content: now, error: undefined }
  // What was loaded for another side is not this one's.
  return {
    content: loaded?.side === side ? loaded.content : undefined,
    error: loaded?.side === side ? loaded.error : undefined,
  }
}
