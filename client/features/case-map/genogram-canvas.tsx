/** The genogram on its sheet: painted from the same drawing as on paper, moved by hand. */
import { useCallback, useRef, useState } from 'react'
import { describeGenogram } from '../../../shared/case-map/describe.ts'
import type { Genogram } from '../../../shared/case-map/genogram.ts'
import { type GenogramDrawing, genogramDrawing } from '../../../shared/case-map/genogram-drawing.ts'
import { type GenogramLayout, type Point, placesOf } from '../../../shared/case-map/genogram-layout.ts'
import { setPersonOffset } from '../../../shared/documents/case-map-genogram.ts'
import { seoulDay } from '../../lib/format.ts'
import { useCaseWork } from '../case-work/case-work-context.ts'
import { useCaseMap } from './case-map-context.ts'
import { begun, type Drag, dragged, isMoved, offsetAfter, underHand } from './drag.ts'
import { FigureShape, Marks, Strokes } from './figure-shape.tsx'
import { fitting, MapCanvas } from './map-canvas.tsx'
import { useCaseMapTexts } from './use-case-map-texts.ts'

interface Picture {
  genogram: Genogram
  layout: GenogramLayout
  places: ReadonlyMap<string, Point>
}

export function GenogramCanvas() {
  const { t, language } = useCaseMapTexts()
  const { doc, mayWrite, others } = useCaseWork()
  const { genogram, layout, openId, open, picking, history, nameOf } = useCaseMap()
  const [drag, setDrag] = useState<Drag<Picture> | null>(null)
  const fresh: Picture = { genogram, layout, places: placesOf(genogram, layout) }
  // As it was when the figure was taken, as long as it is held.
  const picture = drag?.picture ?? fresh
  const words = { today: seoulDay(Date.now()), unnamed: t('unnamed') }
  const places = underHand(picture.places, drag && isMoved(drag) ? drag : null)
  const drawing = genogramDrawing(picture.genogram, picture.layout, places, words)
  // The sheet keeps its size under the hand as well.
  const box = drag ? genogramDrawing(picture.genogram, picture.layout, picture.places, words).box : drawing.box
  const { summary } = describeGenogram(picture.genogram, { language, today: words.today, layout: picture.layout })

  const latest = useRef({ drag, fresh })
  latest.current = { drag, fresh }
  const drop = useCallback(
    (isKept: boolean) => {
      const { drag: held, fresh: now } = latest.current
      setDrag(null)
      const shown = held?.picture.places.get(held.id)
      const reckoned = held && now.layout.places.get(held.id)
      if (!held || !isKept || !isMoved(held) || !shown || !reckoned) return
      history.run(t('done.moved', { name: nameOf(held.id) }), () =>
        setPersonOffset(doc, held.id, offsetAfter(held, shown, reckoned)),
      )
    },
    [doc, history, nameOf, t],
  )
  return (
    <MapCanvas
      box={box}
      label={t('picture', { summary })}
      hint={picking ? t('ties.picking') : mayWrite ? t('tools.hand') : ''}
      mayMove={mayWrite && picking === null}
      onPress={id => (picking ? picking(id) : open(id === openId ? null : id))}
      onTake={(id, at) => setDrag(begun(id, fresh, at))}
      onDrag={at => setDrag(held => held && dragged(held, at))}
      onDrop={drop}
    >
      <GenogramPicture drawing={drawing} />
      {drawing.figures.map(figure => (
        <Marks
          key={figure.id}
          at={figure}
          radius={figure.size / 2}
          isOpen={figure.id === openId}
          others={others.filter(one => one.fields.includes(`row:${figure.id}`))}
        />
      ))}
    </MapCanvas>
  )
}

/** The drawing alone, for the sheet and for paper. */
export function GenogramPicture({ drawing }: { drawing: GenogramDrawing }) {
  const { enclosure, strokes, heads, words, figures } = drawing
  return (
    <>
      {enclosure ? (
        <g className="map-enclosure">
          <path className="map-enclosure-line" d={enclosure.d} strokeWidth={enclosure.width + 3} />
          <path className="map-enclosure-ground" d={enclosure.d} strokeWidth={enclosure.width} />
        </g>
      ) : null}
      <Strokes strokes={strokes} heads={heads} />
      {words.map(({ x, y, text }) => (
        <text key={`${x} ${y}`} className="map-years" x={x} y={y}>
          {text}
        </text>
      ))}
      {figures.map(figure => (
        <g key={figure.id} data-figure={figure.id} className="map-hold">
          {/* A finger needs more than a small symbol. */}
          <rect className="map-touch" x={figure.x - 32} y={figure.y - 32} width={64} height={64} />
          <FigureShape {...figure} />
        </g>
      ))}
    </>
  )
}

export const viewBoxOf = ({ box }: Pick<GenogramDrawing, 'box'>): string => {
  const { x, y, width, height } = fitting(box)
  return `${x} ${y} ${width} ${height}`
}
