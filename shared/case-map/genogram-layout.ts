/**
 * Where the figures of a genogram stand by themselves: generations in rows, partners side by side, brothers and sisters by birth, parents over the
 * middle of their children as far as there is room. A hand's offsets come on top (`placesOf`). Pure and deterministic: the same map stands alike on
 * every screen.
 */
import { type Family, familyOf } from './family.ts'
import { type Generations, generationsOf } from './generations.ts'
import { type Genogram, partnersOf } from './genogram.ts'
import { type RowOrder, rowOrderOf } from './row-order.ts'

/** Sizes in units of the drawing (a CSS pixel at 100 %). */
export const FIGURE_SIZE = 48
/** From the middle of one figure to that of its neighbour: room for a name of seven Hangul syllables. */
export const FIGURE_STEP = 132
/** Between two families in one row. */
export const FAMILY_GAP = 28
/** Name and years under a figure. */
export const LABEL_HEIGHT = 46
/** Between two lines of brothers and sisters in one gap between rows. */
export const LANE_STEP = 12
const ROW_GAP = 62

export interface Point {
  x: number
  y: number
}

export interface GenogramLayout {
  family: Family
  /** The middle of each figure, before any hand. */
  places: ReadonlyMap<string, Point>
  /** People from the eldest row down, each row from the left: the order in which the map is read. */
  reading: readonly string[]
  /** How far below its parents' row the line of a partnership's children runs. */
  childLine: ReadonlyMap<string, number>
}

export function genogramLayout(genogram: Genogram): GenogramLayout {
  const family = familyOf(genogram)
  const generations = generationsOf(genogram, family)
  const order = rowOrderOf(genogram, family, generations)
  const across = settle(family, generations, order)
  const { childLine, lanes } = childLines(genogram, family, generations, across)
  const places = new Map<string, Point>()
  const reading: string[] = []
  let y = 0
  for (const [row, groups] of order.rows.entries()) {
    for (const person of groups.flatMap(group => order.chainOf.get(group) ?? [])) {
      places.set(person, { x: across.get(person) ?? 0, y })
      reading.push(person)
    }
    y += FIGURE_SIZE + LABEL_HEIGHT + ROW_GAP + (lanes[row] ?? 0) * LANE_STEP
  }
  return { family, places, reading, childLine }
}

/** Where the figures stand with what hands have done. */
export function placesOf(genogram: Genogram, { places }: GenogramLayout): ReadonlyMap<string, Point> {
  const moved = new Map<string, Point>()
  for (const { id, offset } of genogram.people) {
    const place = places.get(id)
    if (place) moved.set(id, { x: place.x + offset.x, y: place.y + offset.y })
  }
  return moved
}

/** Rounds of giving way between parents and children; the tests' families hardly move after six. */
const ROUNDS = 12

function settle(family: Family, { groupOf, rowOf }: Generations, { rows, chainOf }: RowOrder): Map<string, number> {
  const at = new Map<string, number>()
  const left = (group: string) => at.get(group) ?? 0
  const inChain = new Map<string, number>()
  for (const chain of chainOf.values()) for (const [i, person] of chain.entries()) inChain.set(person, i * FIGURE_STEP)
  const xOf = (person: string) => left(groupOf.get(person) ?? '') + (inChain.get(person) ?? 0)
  const middle = (unionId: string) => {
    const union = family.union(unionId)
    return union ? mean(partnersOf(union).map(xOf)) : 0
  }
  const middleOfChildren = (unionId: string) => {
    const below = family.childrenOf(unionId).map(({ childId }) => xOf(childId))
    return ((below[0] ?? 0) + (below.at(-1) ?? 0)) / 2
  }
  const widthOf = (group: string) => (chainOf.get(group)?.length ?? 1) * FIGURE_STEP
  const kinOf = (group: string) =>
    new Set((chainOf.get(group) ?? []).flatMap(p => family.parentsOf(p).map(c => c.unionId)))
  const gaps = rows.map(groups =>
    groups.map((group, i) => {
      const previous = groups[i - 1]
      if (previous === undefined) return 0
      const isKin = [...kinOf(group)].some(union => kinOf(previous).has(union))
      return widthOf(previous) + (isKin ? 0 : FAMILY_GAP)
    }),
  )
  const put = (row: number, wanted: (group: string) => number) => {
    const groups = rows[row] ?? []
    const places = apart(groups.map(wanted), gaps[row] ?? [])
    for (const [i, group] of groups.entries()) at.set(group, places[i] ?? 0)
  }
  const overChildren = (group: string) => {
    const wishes = unionsOf(chainOf.get(group) ?? [], family)
      .filter(unionId => family.childrenOf(unionId).length > 0)
      .map(unionId => left(group) + middleOfChildren(unionId) - middle(unionId))
    return wishes.length === 0 ? left(group) : mean(wishes)
  }
  const underParents = (group: string) => {
    const wishes = [...kinOf(group)].map(unionId => left(group) + middle(unionId) - middleOfChildren(unionId))
    return wishes.length === 0 ? left(group) : mean(wishes)
  }
  for (const row of rows.keys()) put(row, () => 0)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const row of rows.keys()) put(row, underParents)
    for (let row = rows.length - 1; row >= 0; row -= 1) put(row, overChildren)
  }
  const across = new Map([...rowOf.keys()].map(person => [person, xOf(person)]))
  const leftmost = Math.min(...across.values())
  for (const [person, x] of across) across.set(person, Math.round(x - leftmost))
  return across
}

function unionsOf(chain: readonly string[], family: Family): string[] {
  return [...new Set(chain.flatMap(person => family.unionsOf(person).map(union => union.id)))]
}

/**
 * The places nearest to those wanted (least squares) that keep the order and the gaps: whoever wants the same room shares it evenly. Pooling of
 * adjacent violators.
 * @param gaps how far each has to stand from the one before it; the first is not read
 */
export function apart(wanted: readonly number[], gaps: readonly number[]): number[] {
  const shift: number[] = []
  for (const i of wanted.keys()) shift.push((shift[i - 1] ?? 0) + (i === 0 ? 0 : (gaps[i] ?? 0)))
  const pools: { sum: number; count: number }[] = []
  for (const [i, want] of wanted.entries()) {
    pools.push({ sum: want - (shift[i] ?? 0), count: 1 })
    for (;;) {
      const [last, before] = [pools.at(-1), pools.at(-2)]
      if (!last || !before || before.sum / before.count <= last.sum / last.count) break
      before.sum += last.sum
      before.count += last.count
      pools.pop()
    }
  }
  const flat = pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
  return flat.map((value, i) => value + (shift[i] ?? 0))
}

/** Lines of brothers and sisters that would run over each other get a lane of their own. */
function childLines(
  genogram: Genogram,
  family: Family,
  { rowOf }: Generations,
  across: ReadonlyMap<string, number>,
): { childLine: Map<string, number>; lanes: number[] } {
  const byRow = new Map<number, { id: string; from: number; to: number }[]>()
  for (const union of genogram.unions) {
    const children = family.childrenOf(union.id)
    if (children.length === 0) continue
    const row = Math.max(...partnersOf(union).map(partner => rowOf.get(partner) ?? 0))
    const middle = mean(partnersOf(union).map(partner => across.get(partner) ?? 0))
    const reach = [middle, ...children.map(({ childId }) => across.get(childId) ?? 0)]
    const line = { id: union.id, from: Math.min(...reach), to: Math.max(...reach) }
    byRow.set(row, [...(byRow.get(row) ?? []), line])
  }
  const childLine = new Map<string, number>()
  const lanes: number[] = []
  for (const [row, lines] of byRow) {
    const ends: number[] = []
    for (const { id, from, to } of lines.sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1))) {
      const free = ends.findIndex(end => end + LANE_STEP < from)
      const lane = free < 0 ? ends.length : free
      ends[lane] = to
      childLine.set(id, FIGURE_SIZE / 2 + LABEL_HEIGHT + 22 + lane * LANE_STEP)
    }
    lanes[row] = ends.length
  }
  return { childLine, lanes }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / (values.length || 1)
