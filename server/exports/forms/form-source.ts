/** What forms are made from: the minutes as one reader may see them, what kind of office files them, and who takes them out. */
import type { AgencyType } from '../../../shared/codes.ts'
import type { MinutesView } from '../../../shared/protocol/minutes.ts'

export interface FormSource
  extends Pick<MinutesView, 'edition' | 'labels' | 'standing' | 'versions' | 'agencies' | 'said'> {
  /** Decides who approves. */
  hostType: AgencyType
  /** At the foot of each page. */
  stamp: string
}

/** Of the version that is shown; undefined for a draft. */
export function shownVersion({ edition, versions }: Pick<FormSource, 'edition' | 'versions'>) {
  return versions.find(version => version.number === edition.version)
}
