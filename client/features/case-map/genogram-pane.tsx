/** The genogram: the sheet, and everybody on it as a list. */
import { useState } from 'react'
import { describeGenogram } from '../../../shared/case-map/describe.ts'
import { clearPersonOffsets, putPerson } from '../../../shared/documents/case-map-genogram.ts'
import { putHousehold } from '../../../shared/documents/case-map-household.ts'
import { idFromBytes } from '../../../shared/ids.ts'
import { seoulDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { PlusIcon } from '../../ui/icons.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { randomBytes } from '../room/room-context.tsx'
import { useCaseMap } from './case-map-context.ts'
import { DescribedList } from './described-list.tsx'
import { GenogramCanvas } from './genogram-canvas.tsx'
import { MapTools } from './map-tools.tsx'
import { PersonEditor } from './person-editor.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

export function GenogramPane() {
  const { t, language } = useCaseMapTexts()
  const { doc, mayWrite } = useCaseWork()
  const { genogram, layout, household, history, open } = useCaseMap()
  const [begun, setBegun] = useState<string | null>(null)
  const missing = household.filter(member => !genogram.people.some(({ id }) => id === member.id)).length
  const told = describeGenogram(genogram, { language, today: seoulDay(Date.now()), layout })
  const isArranged = genogram.people.every(({ offset }) => offset.x === 0 && offset.y === 0)
  const add = () => {
    const id = idFromBytes<string>(randomBytes())
    history.run(t('done.person', { name: t('newPerson') }), () => putPerson(doc, id, {}))
    setBegun(id)
    open(id)
  }
  const tools = (
    <>
      {missing === 0 ? null : (
        <Button
          size="small"
          onPress={() =>
            history.attempt(() => {
              const n = putHousehold(doc)
              return t('done.household', { n })
            })
          }
        >
          {t('tools.household', { n: missing })}
        </Button>
      )}
      <Button look="tertiary" size="small" onPress={add}>
        <PlusIcon size={18} />
        {t('tools.person')}
      </Button>
    </>
  )
  return (
    <>
      <MapTools which="genogram" isArranged={isArranged} onArrange={() => clearPersonOffsets(doc)}>
        {tools}
      </MapTools>
      {genogram.people.length === 0 ? (
        <EmptyState title={t('empty.genogramTitle')}>
          {mayWrite ? t('empty.genogramBody') : t('empty.genogramReader')}
        </EmptyState>
      ) : (
        <div className="map-pane">
          <GenogramCanvas />
          <DescribedList
            title={t('list.people')}
            summary={told.summary}
            lines={told.lines}
            editor={id => <PersonEditor key={id} id={id} isNew={id === begun} />}
          />
        </div>
      )}
    </>
  )
}
