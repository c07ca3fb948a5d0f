/** The versions of a set, the newest first, each with what it changed, by whom and why. */
import { changesOf } from '../../../shared/code-sets/code-sets.ts'
import type { CodeSetVersionView } from '../../../shared/protocol/code-sets.ts'
import { formatDateTime } from '../../lib/format.ts'
import { Section } from '../../ui/page.tsx'
import { ChangeList } from './change-list.tsx'
import { useCodeSetTexts } from './use-code-set-texts.ts'

export function CodeSetHistoryList({ versions }: { versions: readonly CodeSetVersionView[] }) {
  const { t, language } = useCodeSetTexts()
  return (
    <Section title={t('history')}>
      <ol className="stack">
        {versions.map(({ version, entries, published }, at) => (
          <li key={version} className="card stack-tight">
            <h3>{t('version', { n: version })}</h3>
            {published ? (
              <>
                <p>{published.reason}</p>
                <p className="quiet small">
                  {t('by', { name: published.by, at: formatDateTime(published.at, language) })}
                </p>
                <ChangeList changes={changesOf(versions[at + 1]?.entries ?? [], entries)} />
              </>
            ) : (
              <p className="quiet">{t('shipped')}</p>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}
