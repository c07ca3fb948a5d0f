/** Lines as SVG paths: straight and bent, doubled, zigzag, with bars, slashes and arrow heads. Every kind differs in form, never in colour alone. */
import type { Point } from './genogram-layout.ts'

export type StrokeLook = 'solid' | 'dashed' | 'dotted' | 'thick'

/** What a stroke says, for its colour: a line of descent or partnership, or how people stand to each other. */
export type StrokeTone = 'family' | 'good' | 'strained' | 'faint'

export interface Stroke {
  /** Of the record that it draws. */
  id: string
  d: string
  look: StrokeLook
  tone: StrokeTone
}

/** Points along a bow from a to b; `bend` is how far its middle stands off, to the left of the way when positive. */
export function bow(a: Point, b: Point, bend: number): Point[] {
  const { x: nx, y: ny } = leftOf(a, b)
  const control = { x: (a.x + b.x) / 2 + nx * bend * 2, y: (a.y + b.y) / 2 + ny * bend * 2 }
  const steps = bend === 0 ? 1 : Math.max(8, Math.ceil(distance(a, b) / 8))
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps
    const u = 1 - t
    return {
      x: u * u * a.x + 2 * u * t * control.x + t * t * b.x,
      y: u * u * a.y + 2 * u * t * control.y + t * t * b.y,
    }
  })
}

/** The line without what lies within these distances of its ends. */
export function trimmed(line: readonly Point[], atStart: number, atEnd: number): Point[] {
  const length = lengthOf(line)
  if (length <= atStart + atEnd) return []
  const from = pointAt(line, atStart)
  const to = pointAt(line, length - atEnd)
  let walked = 0
  const inner = line.filter((point, i) => {
    const before = line[i - 1]
    if (before) walked += distance(before, point)
    return walked > atStart && walked < length - atEnd
  })
  return [from.point, ...inner, to.point]
}

export function path(line: readonly Point[]): string {
  return line.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')
}

/** The same line, so far beside itself. */
export function beside(line: readonly Point[], by: number): Point[] {
  return line.map((point, i) => {
    const { x, y } = leftOf(line[i - 1] ?? point, line[i + 1] ?? point)
    return { x: point.x + x * by, y: point.y + y * by }
  })
}

/** Waves of this height along the line, straight at both ends. */
export function zigzag(line: readonly Point[], height: number, wave = 14): Point[] {
  const length = lengthOf(line)
  const teeth = Math.max(2, Math.floor((length - wave) / (wave / 2)))
  const start = (length - (teeth * wave) / 2) / 2
  const points: Point[] = line[0] ? [line[0]] : []
  for (let tooth = 0; tooth <= teeth; tooth += 1) {
    const { point, towards } = pointAt(line, start + (tooth * wave) / 2)
    const side = tooth === 0 || tooth === teeth ? 0 : tooth % 2 === 0 ? height : -height
    points.push({ x: point.x - towards.y * side, y: point.y + towards.x * side })
  }
  const last = line.at(-1)
  return last ? [...points, last] : points
}

/** Short bars across the line at these places along it (0 to 1); `slant` leans them. */
export function bars(line: readonly Point[], at: readonly number[], half: number, slant = 0): string {
  const length = lengthOf(line)
  return at
    .map(share => {
      const { point, towards } = pointAt(line, length * share)
      const across = { x: -towards.y + towards.x * slant, y: towards.x + towards.y * slant }
      return path([
        { x: point.x - across.x * half, y: point.y - across.y * half },
        { x: point.x + across.x * half, y: point.y + across.y * half },
      ])
    })
    .join('')
}

/** A filled head at the end of the line. */
export function arrowHead(line: readonly Point[], size = 11): string {
  const tip = line.at(-1)
  if (tip === undefined) return ''
  const { towards } = pointAt(line, lengthOf(line))
  const back = { x: tip.x - towards.x * size, y: tip.y - towards.y * size }
  const half = size * 0.45
  return `${path([
    tip,
    { x: back.x - towards.y * half, y: back.y + towards.x * half },
    { x: back.x + towards.y * half, y: back.y - towards.x * half },
  ])}Z`
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

export function middleOf(line: readonly Point[]): Point {
  return pointAt(line, lengthOf(line) / 2).point
}

/** How far a point is from the nearest point of a straight stretch. */
export function distanceFromStretch(point: Point, a: Point, b: Point): number {
  const length = distance(a, b)
  if (length === 0) return distance(point, a)
  const t = ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / (length * length)
  const along = Math.max(0, Math.min(1, t))
  return distance(point, { x: a.x + (b.x - a.x) * along, y: a.y + (b.y - a.y) * along })
}

function pointAt(line: readonly Point[], far: number): { point: Point; towards: Point } {
  let left = far
  let towards: Point = { x: 1, y: 0 }
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1], line[i]]
    if (!a || !b) break
    const length = distance(a, b)
    if (length === 0) continue
    towards = { x: (b.x - a.x) / length, y: (b.y - a.y) / length }
    if (left <= length) return { point: { x: a.x + towards.x * left, y: a.y + towards.y * left }, towards }
    left -= length
  }
  return { point: line.at(-1) ?? { x: 0, y: 0 }, towards }
}

function lengthOf(line: readonly Point[]): number {
  return line.reduce((sum, point, i) => sum + (i === 0 ? 0 : distance(line[i - 1] ?? point, point)), 0)
}

function leftOf(a: Point, b: Point): Point {
  const length = distance(a, b) || 1
  return { x: (b.y - a.y) / length, y: -(b.x - a.x) / length }
}

const round = (value: number): number => Math.round(value * 10) / 10
