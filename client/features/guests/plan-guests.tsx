import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { Section } from '../../ui/page.tsx'
import { joinAgenda } from '../conferences/agenda-lines.ts'
import { useConferenceDocument } from '../conferences/use-conference-document.ts'
import { GuestList } from './guest-list.tsx'
import { useGuestTexts } from './use-guest-texts.ts'

/** Guests on the planning page. An item that I may not open cannot be opened by me to somebody else. */
export function PlanGuests({ view }: { view: ConferenceView }) {
  const { t } = useGuestTexts()
  const shared = useConferenceDocument(view.conferenceId)
  const items = joinAgenda(shared?.agenda ?? [], view.items).flatMap(({ itemId, number, name, item }) =>
    item === undefined || item.restricted
      ? []
      : [
          {
            itemId,
            number,
            name: name ?? t('generalItem'),
            agencies: item.kind === 'general' ? null : item.agencies.map(agency => agency.agencyId),
          },
        ],
  )
  if (view.state === 'closed') return null
  return (
    <Section title={t('section')} lead={t('lead')}>
      <GuestList view={view} items={items} />
    </Section>
  )
}
