/** The eco-map: the sheet, and what surrounds the household as a list. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { SYSTEM_KINDS, type SystemKind } from '../../../shared/case-map/case-map-codes.ts'
import { describeEcoMap } from '../../../shared/case-map/describe.ts'
import type { AgencyType } from '../../../shared/codes.ts'
import { MAX_MAP_NOTE, MAX_SYSTEM_NAME } from '../../../shared/documents/case-map.ts'
import {
  clearSystemOffsets,
  type NewSystem,
  putSystem,
  putSystems,
  putTie,
} from '../../../shared/documents/case-map-eco.ts'
import { idFromBytes } from '../../../shared/ids.ts'
import { useApi } from '../../lib/services.tsx'
import { useDirectory } from '../../lib/use-directory.ts'
import { Button } from '../../ui/button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { resourcesApi } from '../resources/resources-api.ts'
import { randomBytes } from '../room/room-context.tsx'
import { useCaseMap } from './case-map-context.ts'
import { DescribedList } from './described-list.tsx'
import { EcoCanvas } from './eco-canvas.tsx'
import { MapTools } from './map-tools.tsx'
import { SystemEditor } from './system-editor.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

export function EcoPane() {
  const { t, language } = useCaseMapTexts()
  const { doc, mayWrite, view } = useCaseWork()
  const { eco, home, history, open } = useCaseMap()
  const { data } = useDirectory()
  const missing = view.agencies.filter(({ agencyId }) => !eco.systems.some(({ id }) => id === agencyId))
  const kindOfAgency = (agencyId: string): SystemKind => {
    const type = data?.agencies.find(agency => agency.agencyId === agencyId)?.type
    return type === undefined ? 'welfare' : KIND_OF_TYPE[type]
  }
  const given = useGivenHelp().filter(({ id }) => !eco.systems.some(system => system.id === id))
  const told = describeEcoMap(eco, home, { language, kindOf: ({ kind }) => SYSTEM_KINDS[kind][language] })
  const isArranged = eco.systems.every(({ offset }) => offset.x === 0 && offset.y === 0)
  const add = () => {
    const id = idFromBytes<string>(randomBytes())
    history.run(t('done.system', { name: t('newSystem') }), () => {
      putSystem(doc, id, {})
      putTie(doc, id, '', {})
    })
    open(id)
  }
  return (
    <>
      <MapTools which="eco" isArranged={isArranged} onArrange={() => clearSystemOffsets(doc)}>
        {missing.length === 0 ? null : (
          <Button
            size="small"
            onPress={() =>
              history.run(t('done.agencies', { n: missing.length }), () =>
                putSystems(
                  doc,
                  missing.map(({ agencyId, name }) => ({ id: agencyId, name, kind: kindOfAgency(agencyId) })),
                ),
              )
            }
          >
            {t('tools.agencies', { n: missing.length })}
          </Button>
        )}
        {given.length === 0 ? null : (
          <Button
            size="small"
            onPress={() => history.run(t('done.given', { n: given.length }), () => putSystems(doc, given))}
          >
            {t('tools.given', { n: given.length })}
          </Button>
        )}
        <Button look="tertiary" size="small" onPress={add}>
          <PlusIcon size={18} />
          {t('tools.system')}
        </Button>
      </MapTools>
      {eco.systems.length === 0 ? (
        <EmptyState title={t('empty.ecoTitle')}>
          <p>{mayWrite ? t('empty.ecoBody') : t('empty.ecoReader')}</p>
          {home.length === 0 ? <p>{t('empty.home')}</p> : null}
        </EmptyState>
      ) : (
        <div className="map-pane">
          <EcoCanvas />
          <DescribedList
            title={t('list.systems')}
            summary={told.summary}
            lines={told.lines}
            editor={id => <SystemEditor key={id} id={id} />}
          />
        </div>
      )}
    </>
  )
}

/** Help that the ledger says is given to this household now, as systems. Who may not read the ledger, or has no line, puts them by hand. */
function useGivenHelp(): readonly NewSystem[] {
  const api = useApi()
  const { caseId, mayWrite } = useCaseWork()
  const { data } = useQuery({
    queryKey: ['case-map', 'given', caseId],
    queryFn: () => resourcesApi(api).allocations(caseId),
    enabled: mayWrite,
    retry: false,
  })
  return useMemo(
    () =>
      (data?.allocations ?? [])
        .filter(({ endedOn }) => endedOn === '')
        .map(({ allocationId, what, resourceName, agency }) => ({
          id: allocationId,
          name: (what || resourceName || agency.name).slice(0, MAX_SYSTEM_NAME),
          kind: 'welfare',
          note: agency.name.slice(0, MAX_MAP_NOTE),
          flow: 'to_household',
        })),
    [data],
  )
}

/** An agency's type as what it is to a household. */
const KIND_OF_TYPE: Readonly<Record<AgencyType, SystemKind>> = {
  dong: 'public_office',
  city: 'public_office',
  welfare_centre: 'welfare',
  council: 'welfare',
  charity: 'welfare',
  medical: 'health',
  school: 'school',
  police: 'justice',
  other: 'other',
}
