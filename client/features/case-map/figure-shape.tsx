/** The symbol of one figure, its words, and who else looks at it. */
import type { FigureMark } from '../../../shared/case-map/figures.ts'
import type { Point } from '../../../shared/case-map/genogram-layout.ts'
import type { Stroke } from '../../../shared/case-map/strokes.ts'

const LINE_STEP = 19

export function FigureShape({
  x,
  y,
  size,
  shape,
  isDoubled,
  isCrossed,
  inside,
  lines,
}: FigureMark & Point & { size: number }) {
  const half = size / 2
  return (
    <g transform={`translate(${x} ${y})`}>
      <Outline shape={shape} half={half} />
      {isDoubled ? <Outline shape={shape} half={half - 5} /> : null}
      {isCrossed ? (
        <path className="map-cross" d={`M${-half} ${-half}L${half} ${half}M${half} ${-half}L${-half} ${half}`} />
      ) : null}
      {inside === '' ? null : (
        <text className="map-inside" y={5}>
          {inside}
        </text>
      )}
      {lines.map((line, i) => (
        <text key={line} className={i === 0 ? 'map-name' : 'map-years'} y={half + 17 + i * LINE_STEP}>
          {line}
        </text>
      ))}
    </g>
  )
}

function Outline({ shape, half }: { shape: FigureMark['shape']; half: number }) {
  switch (shape) {
    case 'square':
      return <rect className="map-figure" x={-half} y={-half} width={half * 2} height={half * 2} />
    case 'circle':
      return <circle className="map-figure" r={half} />
    case 'diamond':
      return <path className="map-figure" d={`M0 ${-half - 3}L${half + 3} 0L0 ${half + 3}L${-half - 3} 0Z`} />
    case 'triangle':
      return <path className="map-figure" d={`M0 ${-half}L${half} ${half}L${-half} ${half}Z`} />
    case 'dot':
      return <circle className="map-figure map-figure-full" r={half * 0.6} />
    case 'cross':
      return (
        <path
          className="map-cross"
          d={`M${-half * 0.7} ${-half * 0.7}L${half * 0.7} ${half * 0.7}M${half * 0.7} ${-half * 0.7}L${-half * 0.7} ${half * 0.7}`}
        />
      )
  }
}

export function Strokes({ strokes, heads }: { strokes: readonly Stroke[]; heads: readonly Stroke[] }) {
  return (
    <>
      {strokes.map(({ id, d, look, tone }) => (
        <path key={`${id} ${d}`} className={`map-stroke map-${look} map-${tone}`} d={d} />
      ))}
      {heads.map(({ id, d, tone }) => (
        <path key={`${id} ${d}`} className={`map-head map-${tone}`} d={d} />
      ))}
    </>
  )
}

/** A ring around what I have open, and quiet ones with names around what others have. */
export function Marks({
  at,
  radius,
  isOpen,
  others,
}: {
  at: Point
  radius: number
  isOpen: boolean
  others: readonly { name: string; color: string }[]
}) {
  return (
    <>
      {others.map(({ name, color }, i) => (
        <g key={name}>
          <circle className="map-mark-other" cx={at.x} cy={at.y} r={radius + 6 + i * 4} stroke={color} />
          <text className="map-mark-name" x={at.x} y={at.y - radius - 12 - i * 16}>
            {name}
          </text>
        </g>
      ))}
      {isOpen ? <circle className="map-mark-open" cx={at.x} cy={at.y} r={radius + 5} /> : null}
    </>
  )
}
