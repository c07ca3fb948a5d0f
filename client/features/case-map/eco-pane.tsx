/** The eco-map: the sheet, and what surrounds the household as a list. */
import { SYSTEM_KINDS, type SystemKind } from '../../../shared/case-map/case-map-codes.ts'
import { describeEcoMap } from '../../../shared/case-map/describe.ts'
import type { AgencyType } from '../../../shared/codes.ts'
import { clearSystemOffsets, putSystem, putSystems, putTie } from '../../../shared/documents/case-map-eco.ts'
import { idFromBytes } from '../../../shared/ids.ts'
import { useDirectory } from '../../lib/use-directory.ts'
import { Button } from '../../ui/button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useCaseWork } from '../case-work/case-work-context.ts'
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
