import { opens } from '../../../shared/bases/bases.ts'
import type { ItemView } from '../../../shared/protocol/http-api.ts'
import { formatShortDay } from '../../lib/format.ts'
import { AgencyChip, Chip } from '../../ui/chips.tsx'
import { useBasesTexts } from './use-bases-texts.ts'

type OpenItem = Extract<ItemView, { restricted: false }>

/** Who really opens a case item: cleared and with a basis. What ends soon is amber; who prepares is told whom it is closed to for want of one. */
export function ItemReaders({ record }: { record: OpenItem }) {
  const { t, language } = useBasesTexts()
  const groundOf = (agencyId: string) => record.grounds.find(ground => ground.agencyId === agencyId)
  const isOpen = (agencyId: string) => {
    const standing = groundOf(agencyId)?.standing
    return record.case === null || (standing !== undefined && opens(standing))
  }
  const closed = record.agencies.filter(agency => !isOpen(agency.agencyId))
  const ending = record.agencies.flatMap(({ agencyId, shortName }) => {
    const ground = groundOf(agencyId)
    return ground?.standing === 'ending' && ground.until !== null ? [{ agencyId, shortName, until: ground.until }] : []
  })
  return (
    <>
      {record.agencies
        .filter(agency => isOpen(agency.agencyId))
        .map(agency => (
          <AgencyChip key={agency.agencyId} {...agency} />
        ))}
      {ending.map(({ agencyId, shortName, until }) => (
        <Chip key={`${agencyId} ends`} tone="warning">
          {t('cell.expiring', { agency: shortName, date: formatShortDay(until, language) })}
        </Chip>
      ))}
      {record.mayChangeClearance && closed.length > 0 ? (
        <span className="quiet small">
          {t('cell.closed', { agencies: closed.map(agency => agency.shortName).join(', ') })}
        </span>
      ) : null}
    </>
  )
}
