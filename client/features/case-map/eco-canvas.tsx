/** The eco-map on its sheet. */
import { useCallback, useRef, useState } from 'react'
import { SYSTEM_KINDS } from '../../../shared/case-map/case-map-codes.ts'
import { describeEcoMap } from '../../../shared/case-map/describe.ts'
import {
  type EcoDrawing,
  type EcoLayout,
  ecoDrawing,
  ecoLayout,
  SYSTEM_RADIUS,
  systemPlaces,
} from '../../../shared/case-map/eco-drawing.ts'
import type { EcoMap, EcoSystem } from '../../../shared/case-map/eco-map.ts'
import type { GenogramPerson } from '../../../shared/case-map/genogram.ts'
import type { Point } from '../../../shared/case-map/genogram-layout.ts'
import { setSystemOffset } from '../../../shared/documents/case-map-eco.ts'
import { seoulDay } from '../../lib/format.ts'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { useCaseMap } from './case-map-context.ts'
import { begun, type Drag, dragged, isMoved, offsetAfter, underHand } from './drag.ts'
import { FigureShape, Marks, Strokes } from './figure-shape.tsx'
import { MapCanvas } from './map-canvas.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

interface Picture {
  eco: EcoMap
  home: readonly GenogramPerson[]
  layout: EcoLayout
  places: ReadonlyMap<string, Point>
}

export function EcoCanvas() {
  const { t, language } = useCaseMapTexts()
  const { doc, mayWrite, others } = useCaseWork()
  const { eco, home, openId, open, history } = useCaseMap()
  const [drag, setDrag] = useState<Drag<Picture> | null>(null)
  const layout = ecoLayout(eco, home)
  const fresh: Picture = { eco, home, layout, places: systemPlaces(eco, layout) }
  const picture = drag?.picture ?? fresh
  const kindOf = (system: EcoSystem) => SYSTEM_KINDS[system.kind][language]
  const words = { today: seoulDay(Date.now()), unnamed: t('unnamed'), kindOf }
  const draw = (places: ReadonlyMap<string, Point>) =>
    ecoDrawing(picture.eco, picture.home, picture.layout, places, words)
  const drawing = draw(underHand(picture.places, drag && isMoved(drag) ? drag : null))
  const box = drag ? draw(picture.places).box : drawing.box
  const { summary } = describeEcoMap(picture.eco, picture.home, { language, kindOf })

  const latest = useRef({ drag, fresh })
  latest.current = { drag, fresh }
  const drop = useCallback(
    (isKept: boolean) => {
      const { drag: held, fresh: now } = latest.current
      setDrag(null)
      const shown = held?.picture.places.get(held.id)
      const reckoned = held && now.layout.systems.get(held.id)
      if (!held || !isKept || !isMoved(held) || !shown || !reckoned) return
      const name = now.eco.systems.find(({ id }) => id === held.id)?.name ?? ''
      history.run(t('done.moved', { name }), () => setSystemOffset(doc, held.id, offsetAfter(held, shown, reckoned)))
    },
    [doc, history, t],
  )
  return (
    <MapCanvas
      box={box}
      label={t('picture', { summary })}
      hint={mayWrite ? t('tools.handEco') : ''}
      mayMove={mayWrite}
      onPress={id => open(id === openId ? null : id)}
      onTake={(id, at) => setDrag(begun(id, fresh, at))}
      onDrag={at => setDrag(held => held && dragged(held, at))}
      onDrop={drop}
    >
      <EcoPicture drawing={drawing} />
      {drawing.systems.map(system => (
        <Marks
          key={system.id}
          at={system}
          radius={SYSTEM_RADIUS}
          isOpen={system.id === openId}
          others={others.filter(one => one.fields.includes(`row:${system.id}`))}
        />
      ))}
    </MapCanvas>
  )
}

/** The drawing alone, for the sheet and for paper. */
export function EcoPicture({ drawing: { circle, people, systems, strokes, heads } }: { drawing: EcoDrawing }) {
  return (
    <>
      <circle className="map-circle" cx={circle.x} cy={circle.y} r={circle.radius} />
      <Strokes strokes={strokes} heads={heads} />
      {people.map(person => (
        <FigureShape key={person.id} {...person} lines={person.lines.slice(0, 1)} />
      ))}
      {systems.map(({ id, x, y, lines }) => (
        <g key={id} data-figure={id} className="map-hold">
          <circle className="map-system" cx={x} cy={y} r={SYSTEM_RADIUS} />
          {lines.map((line, i) => (
            <text key={line} className="map-name" x={x} y={y + 5 + (i - (lines.length - 1) / 2) * 19}>
              {line}
            </text>
          ))}
        </g>
      ))}
    </>
  )
}
