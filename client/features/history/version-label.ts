/** What people call a version. */
import { VERSION_MOMENTS } from '../../../shared/history/version-moments.ts'
import type { VersionSummary } from '../../../shared/protocol/history.ts'
import type { Language } from '../../lib/format.ts'
import type { HistoryT } from './use-history-texts.ts'

export function labelOf(
  version: VersionSummary,
  versions: readonly VersionSummary[],
  t: HistoryT,
  language: Language,
): string {
  const { moment, number, name, from } = version
  switch (moment) {
    case 'confirmed':
      return t('confirmed', { number })
    case 'sealed':
      return t('sealed', { number })
    case 'named':
      return name
    case 'restored': {
      const of = versions.find(one => one.versionId === from)
      // One that went back to another going back says so, and no more.
      if (of === undefined) return t('restoredOf')
      return t('restored', { of: of.moment === 'restored' ? t('restoredOf') : labelOf(of, versions, t, language) })
    }
    default:
      return VERSION_MOMENTS[moment][language]
  }
}
