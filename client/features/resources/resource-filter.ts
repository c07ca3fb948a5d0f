/** Which entries of the directory fit what is looked for. Pure. */
import type { ServiceSector } from '../../../shared/code-sets/services.ts'
import type { NeedDomain } from '../../../shared/codes.ts'
import type { ResourceView } from '../../../shared/protocol/resources.ts'
import { compareNames } from '../../lib/format.ts'
import { matchesSearch } from '../../lib/hangul-search.ts'
import type { CodesOnScreen } from '../code-sets/codes-on-screen.ts'

export interface ResourceWish {
  /** Words of any part: name, agency, criteria. */
  query: string
  need: NeedDomain | 'any'
  sector: ServiceSector | 'any'
  retired: boolean
}

/** Those with something left first, then by name. */
export function resourcesFor(
  resources: readonly ResourceView[],
  wish: ResourceWish,
  labelOf: CodesOnScreen['label'],
): ResourceView[] {
  return resources
    .filter(one => wish.retired || !one.retired)
    .filter(one => wish.need === 'any' || one.domains.includes(wish.need))
    .filter(one => wish.sector === 'any' || one.sector === wish.sector)
    .filter(one => matchesSearch(wish.query, textOf(one, labelOf)))
    .sort((a, b) => Number(isFull(a)) - Number(isFull(b)) || compareNames(a.name, b.name))
}

const isFull = ({ left }: ResourceView) => left !== null && left <= 0

const textOf = (one: ResourceView, labelOf: CodesOnScreen['label']): string =>
  [
    one.name,
    one.agency.name,
    one.agency.shortName,
    one.eligibility,
    one.rule,
    labelOf('service', one.service),
    ...one.domains.map(domain => labelOf('need_domain', domain)),
  ].join(' ')
