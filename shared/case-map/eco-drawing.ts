/** An eco-map as lines and figures to be painted: the household's circle in the middle, what surrounds it on a ring, ties between. */
import type { EcoMap, EcoSystem, EcoTie } from './eco-map.ts'
import { type FigureMark, figureMark, wrapped } from './figures.ts'
import type { GenogramPerson } from './genogram.ts'
import type { Box } from './genogram-drawing.ts'
import type { Point } from './genogram-layout.ts'
import { arrowHead, bars, beside, distance, path, type Stroke, trimmed } from './strokes.ts'

export const SYSTEM_RADIUS = 58
/** Between two systems, for names and hands. */
const APART = 22
const PERSON_RADIUS = 20
const WIDEST_LINE = 12
const MOST_LINES = 3

export interface PlacedSystem extends Point {
  id: string
  lines: readonly string[]
}

export interface PlacedPerson extends FigureMark, Point {
  size: number
}

export interface EcoDrawing {
  box: Box
  circle: Point & { radius: number }
  people: readonly PlacedPerson[]
  systems: readonly PlacedSystem[]
  strokes: readonly Stroke[]
  heads: readonly Stroke[]
}

export interface EcoLayout {
  radius: number
  people: ReadonlyMap<string, Point>
  /** Before any hand. */
  systems: ReadonlyMap<string, Point>
}

/** The middle of the circle is 0, 0. */
export function ecoLayout(ecoMap: EcoMap, household: readonly GenogramPerson[]): EcoLayout {
  const count = household.length
  // Figures with their names on a ring inside; one alone stands in the middle.
  const inner = count <= 1 ? 0 : Math.max(62, 84 / (2 * Math.sin(Math.PI / count)))
  const radius = inner + 72
  const people = onRing(household, inner, inner)
  const systems = ecoMap.systems.length
  const step = 2 * SYSTEM_RADIUS + APART
  const narrow = systems <= 1 ? 0 : step / (2 * Math.sin(Math.PI / systems))
  const high = Math.max(radius + SYSTEM_RADIUS + 74, narrow)
  // Paper lies on its side.
  return { radius, people, systems: onRing(ecoMap.systems, high * 1.45, high) }
}

export function systemPlaces(ecoMap: EcoMap, { systems }: EcoLayout): ReadonlyMap<string, Point> {
  return new Map(
    ecoMap.systems.map(({ id, offset }) => {
      const place = systems.get(id) ?? { x: 0, y: 0 }
      return [id, { x: place.x + offset.x, y: place.y + offset.y }]
    }),
  )
}

export function ecoDrawing(
  ecoMap: EcoMap,
  household: readonly GenogramPerson[],
  layout: EcoLayout,
  places: ReadonlyMap<string, Point>,
  words: { today: string; unnamed: string; kindOf: (system: EcoSystem) => string },
): EcoDrawing {
  const strokes: Stroke[] = []
  const heads: Stroke[] = []
  for (const tie of ecoMap.ties) {
    const from = places.get(tie.systemId)
    if (from === undefined) continue
    const person = layout.people.get(tie.personId)
    const to = person ?? { x: 0, y: 0 }
    const line = trimmed([from, to], SYSTEM_RADIUS + 3, person ? PERSON_RADIUS + 4 : layout.radius + 3)
    if (line.length < 2) continue
    strokes.push(...tieStrokes(tie, line))
    const back = [...line].reverse()
    if (tie.flow === 'to_household' || tie.flow === 'both') heads.push(head(tie.id, line))
    if (tie.flow === 'from_household' || tie.flow === 'both') heads.push(head(tie.id, back))
  }
  return {
    box: boxOf([...places.values()], layout.radius),
    circle: { x: 0, y: 0, radius: layout.radius },
    people: household.map(person => ({
      ...figureMark(person, words.today, words.unnamed),
      ...(layout.people.get(person.id) ?? { x: 0, y: 0 }),
      size: PERSON_RADIUS * 2,
    })),
    systems: ecoMap.systems.map(system => ({
      id: system.id,
      lines: wrapped(system.name || words.kindOf(system), WIDEST_LINE, MOST_LINES),
      ...(places.get(system.id) ?? { x: 0, y: 0 }),
    })),
    strokes,
    heads,
  }
}

/** Clockwise from the top. Equal angles on an ellipse that is nowhere narrower than the circle inside it keep at least the circle's distances. */
function onRing(things: readonly { id: string }[], across: number, high: number): Map<string, Point> {
  return new Map(
    things.map(({ id }, i) => {
      const angle = (2 * Math.PI * i) / things.length - Math.PI / 2
      return [id, { x: Math.round(across * Math.cos(angle)), y: Math.round(high * Math.sin(angle)) }]
    }),
  )
}

export function tieStrokes({ id, strength }: Pick<EcoTie, 'id' | 'strength'>, line: readonly Point[]): Stroke[] {
  const d = path(line)
  const [a, b] = [line[0], line.at(-1)]
  const length = a && b ? distance(a, b) : 0
  switch (strength) {
    case 'strong':
      return [3, 0, -3].map(by => ({ id, d: path(beside(line, by)), look: 'solid', tone: 'good' }))
    case 'ordinary':
      return [{ id, d, look: 'solid', tone: 'family' }]
    case 'weak':
      return [{ id, d, look: 'dashed', tone: 'faint' }]
    case 'stressed': {
      const count = Math.max(2, Math.floor(length / 14))
      const at = Array.from({ length: count }, (_, i) => (i + 0.5) / count)
      return [{ id, d: `${d}${bars(line, at, 6)}`, look: 'solid', tone: 'strained' }]
    }
    case 'broken': {
      const gap = Math.min(0.2, 10 / (length || 1))
      return [
        { id, d: path(trimmed(line, 0, length * (0.5 + gap))), look: 'solid', tone: 'faint' },
        { id, d: path(trimmed(line, length * (0.5 + gap), 0)), look: 'solid', tone: 'faint' },
        { id, d: bars(line, [0.5 - gap, 0.5 + gap], 9), look: 'solid', tone: 'faint' },
      ]
    }
  }
}

const head = (id: string, line: readonly Point[]): Stroke => ({
  id,
  d: arrowHead(line, 13),
  look: 'solid',
  tone: 'family',
})

function boxOf(places: readonly Point[], radius: number): Box {
  const reach = SYSTEM_RADIUS + 16
  const left = Math.min(-radius - 16, ...places.map(({ x }) => x - reach))
  const right = Math.max(radius + 16, ...places.map(({ x }) => x + reach))
  const top = Math.min(-radius - 16, ...places.map(({ y }) => y - reach))
  const bottom = Math.max(radius + 16, ...places.map(({ y }) => y + reach))
  return { x: left, y: top, width: right - left, height: bottom - top }
}
