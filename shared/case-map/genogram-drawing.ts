/** A genogram as lines and figures to be painted: the same for the screen, for print and for tests. */
import type { RelationKind, UnionKind } from './case-map-codes.ts'
import { enclosureOf } from './enclosure.ts'
import { twinsOf } from './family.ts'
import { type FigureMark, figureMark } from './figures.ts'
import type { Genogram, GenogramChild, GenogramUnion } from './genogram.ts'
import { FIGURE_SIZE, FIGURE_STEP, type GenogramLayout, LABEL_HEIGHT, type Point } from './genogram-layout.ts'
import {
  arrowHead,
  bars,
  beside,
  bow,
  distance,
  path,
  type Stroke,
  type StrokeLook,
  trimmed,
  zigzag,
} from './strokes.ts'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface PlacedFigure extends FigureMark, Point {
  size: number
}

export interface PlacedWords extends Point {
  text: string
}

export interface GenogramDrawing {
  box: Box
  /** Around those who live in the household: segments to be painted broad, with the width of the enclosure. */
  enclosure: { d: string; width: number } | null
  strokes: readonly Stroke[]
  /** Filled forms: heads of arrows. */
  heads: readonly Stroke[]
  /** Years at lines of partnership. */
  words: readonly PlacedWords[]
  figures: readonly PlacedFigure[]
}

const HALF = FIGURE_SIZE / 2
const SMALL = 0.55

export function genogramDrawing(
  genogram: Genogram,
  layout: GenogramLayout,
  places: ReadonlyMap<string, Point>,
  words: { today: string; unnamed: string },
): GenogramDrawing {
  const strokes: Stroke[] = []
  const heads: Stroke[] = []
  const years: PlacedWords[] = []
  const at = (id: string): Point => places.get(id) ?? { x: 0, y: 0 }
  const figures = genogram.people.map(person => ({
    ...figureMark(person, words.today, words.unnamed),
    ...at(person.id),
    size: person.form === 'person' ? FIGURE_SIZE : FIGURE_SIZE * SMALL,
  }))
  const radiusOf = new Map(figures.map(({ id, size }) => [id, size / 2]))
  const radius = (id: string) => radiusOf.get(id) ?? HALF

  for (const union of genogram.unions) {
    const line = unionLine(union, at, places)
    strokes.push(...unionStrokes(union.id, line, union.kind))
    const text = unionYears(union)
    if (text !== '' && union.b !== '') years.push({ text, ...above(line) })
    strokes.push(...childStrokes(union, line))
  }
  const drawn = new Map<string, number>()
  for (const relation of genogram.relations) {
    const pair = relation.a < relation.b ? `${relation.a} ${relation.b}` : `${relation.b} ${relation.a}`
    const nth = drawn.get(pair) ?? 0
    drawn.set(pair, nth + 1)
    const [a, b] = [at(relation.a), at(relation.b)]
    const others = figures.filter(({ id }) => id !== relation.a && id !== relation.b)
    const line = trimmed(
      freeBow(a, b, { nth, side: relation.a < relation.b ? 1 : -1 }, others),
      radius(relation.a) + 5,
      radius(relation.b) + 5,
    )
    strokes.push(...relationStrokes(relation.id, relation.kind, line))
    if (relation.kind === 'violence')
      heads.push({ id: relation.id, d: arrowHead(line), look: 'solid', tone: 'strained' })
  }
  const home = genogram.people.filter(person => person.isHome).map(({ id }) => at(id))
  const others = genogram.people.filter(person => !person.isHome).map(({ id }) => at(id))
  return {
    box: boxOf([...places.values()]),
    enclosure: enclosureOf(home, others),
    strokes,
    heads,
    words: years,
    figures,
  }

  /** From the line of the parents down to the line of the children, and from there to each. */
  function childStrokes(union: GenogramUnion, line: readonly Point[]): Stroke[] {
    const children = layout.family.childrenOf(union.id)
    if (children.length === 0) return []
    const from = union.b === '' ? { x: at(union.a).x, y: at(union.a).y + HALF } : middle(line)
    const y = lowest(union) + (layout.childLine.get(union.id) ?? HALF)
    const drops = children.map(child => dropOf(child, children))
    const across = [from.x, ...drops]
    const shared: Stroke = {
      id: union.id,
      d: `${path([from, { x: from.x, y }])}${path([
        { x: Math.min(...across), y },
        { x: Math.max(...across), y },
      ])}`,
      look: 'solid',
      tone: 'family',
    }
    const own = children.map((child, i): Stroke => {
      const { x, y: top } = at(child.childId)
      const end = { x, y: top - radius(child.childId) }
      return { id: child.id, d: path([{ x: drops[i] ?? x, y }, end]), look: childLook(child), tone: 'family' }
    })
    return [shared, ...own, ...identicalBars(children, y)]
  }

  /** Twins hang from one point. */
  function dropOf(child: GenogramChild, siblings: readonly GenogramChild[]): number {
    const all = [child, ...twinsOf(child, siblings)].map(({ childId }) => at(childId).x)
    return all.reduce((sum, x) => sum + x, 0) / all.length
  }

  function identicalBars(children: readonly GenogramChild[], y: number): Stroke[] {
    return children
      .filter(child => child.twinOf !== '' && child.twins === 'identical')
      .map(child => {
        const from = { x: dropOf(child, children), y }
        const halfway = (id: string) => ({ x: (from.x + at(id).x) / 2, y: (y + at(id).y - HALF) / 2 })
        return { id: child.id, d: path([halfway(child.childId), halfway(child.twinOf)]), look: 'solid', tone: 'family' }
      })
  }

  function lowest(union: GenogramUnion): number {
    return Math.max(at(union.a).y, union.b === '' ? Number.NEGATIVE_INFINITY : at(union.b).y)
  }
}

/** Straight from side to side when the two stand beside each other; under whoever stands between them otherwise. */
function unionLine(union: GenogramUnion, at: (id: string) => Point, places: ReadonlyMap<string, Point>): Point[] {
  const a = at(union.a)
  if (union.b === '') return [a]
  const b = at(union.b)
  const [left, right] = a.x <= b.x ? [a, b] : [b, a]
  const isBetween = [...places].some(
    ([id, { x, y }]) =>
      id !== union.a && id !== union.b && x > left.x && x < right.x && Math.abs(y - (a.y + b.y) / 2) < FIGURE_SIZE,
  )
  if (!isBetween) return trimmed([left, right], HALF, HALF)
  const y = Math.max(a.y, b.y) + HALF + LABEL_HEIGHT + 4 + Math.round((right.x - left.x) / FIGURE_STEP) * 3
  return [
    { x: left.x, y: left.y + HALF },
    { x: left.x, y },
    { x: right.x, y },
    { x: right.x, y: right.y + HALF },
  ]
}

/** How far a relation is bowed away from the straight line, which belongs to partners: the nearest way that passes nobody else by the face. */
const BENDS = [26, -26, 48, -48, 70, -70, 96, -96]

/** The `nth` relation of a pair begins with another way, so that two lie apart; `side` is the same whoever of the two is named first. */
function freeBow(
  a: Point,
  b: Point,
  { nth, side }: { nth: number; side: 1 | -1 },
  others: readonly (Point & { size: number })[],
): Point[] {
  const ways = BENDS.slice(nth % BENDS.length).map(bend => bow(a, b, bend * side))
  const hits = ways.map(
    way => others.filter(({ x, y, size }) => way.some(p => distance(p, { x, y }) < size / 2 + 8)).length,
  )
  return ways[hits.indexOf(Math.min(...hits))] ?? [a, b]
}

function middle(line: readonly Point[]): Point {
  const [a, b] = line.length === 4 ? [line[1], line[2]] : [line[0], line.at(-1)]
  return { x: ((a?.x ?? 0) + (b?.x ?? 0)) / 2, y: ((a?.y ?? 0) + (b?.y ?? 0)) / 2 }
}

const above = (line: readonly Point[]): Point => ({ x: middle(line).x, y: middle(line).y - 7 })

/** The line between partners: one slash for living apart, two for divorced, beside the middle, where the children's line begins. */
export function unionStrokes(id: string, line: readonly Point[], kind: UnionKind): Stroke[] {
  const look: StrokeLook =
    kind === 'cohabiting' ? 'dashed' : kind === 'engaged' || kind === 'parents_only' ? 'dotted' : 'solid'
  const own: Stroke = { id, d: path(line), look, tone: 'family' }
  const [a, b] = line.length === 4 ? [line[1], line[2]] : [line[0], line.at(-1)]
  if ((kind !== 'separated' && kind !== 'divorced') || !a || !b) return [own]
  const at = kind === 'separated' ? [0.3] : [0.26, 0.34]
  return [own, { id, d: bars([a, b], at, 10, -0.5), look: 'solid', tone: 'family' }]
}

function unionYears({ since, until }: GenogramUnion): string {
  if (since === null && until === null) return ''
  return until === null ? `${since}~` : `${since ?? ''}~${until}`
}

const childLook = ({ kind }: GenogramChild): StrokeLook =>
  kind === 'adopted' ? 'dashed' : kind === 'foster' ? 'dotted' : 'solid'

export function relationStrokes(id: string, kind: RelationKind, line: readonly Point[]): Stroke[] {
  if (line.length < 2) return []
  const good = (by: number): Stroke => ({ id, d: path(beside(line, by)), look: 'solid', tone: 'good' })
  const waves: Stroke = { id, d: path(zigzag(line, 6)), look: 'solid', tone: 'strained' }
  switch (kind) {
    case 'close':
      return [good(2.5), good(-2.5)]
    case 'very_close':
      return [good(4.5), good(0), good(-4.5)]
    case 'distant':
      return [{ id, d: path(line), look: 'dotted', tone: 'faint' }]
    case 'conflict':
      return [waves]
    case 'close_conflict':
      return [good(8.5), good(-8.5), waves]
    case 'cut_off':
      return [{ id, d: `${path(line)}${bars(line, [0.47, 0.53], 9)}`, look: 'solid', tone: 'faint' }]
    case 'violence':
      return [{ ...waves, look: 'thick' }]
  }
}

/** Everything with its names. */
function boxOf(places: readonly Point[]): Box {
  if (places.length === 0) return { x: 0, y: 0, width: FIGURE_STEP, height: FIGURE_STEP }
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs) - FIGURE_STEP / 2 - 16, Math.min(...ys) - HALF - 34]
  const [right, bottom] = [Math.max(...xs) + FIGURE_STEP / 2 + 16, Math.max(...ys) + HALF + LABEL_HEIGHT + 26]
  return { x: left, y: top, width: right - left, height: bottom - top }
}
