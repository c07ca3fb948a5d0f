/** Two people draw one map at once, meet now and then, and are looked at after every step. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { RELATION_KINDS } from '../../../shared/case-map/case-map-codes.ts'
import { describeEcoMap, describeGenogram } from '../../../shared/case-map/describe.ts'
import { ecoDrawing, ecoLayout, SYSTEM_RADIUS, systemPlaces } from '../../../shared/case-map/eco-drawing.ts'
import { type Genogram, partnersOf, soundGenogram } from '../../../shared/case-map/genogram.ts'
import { genogramDrawing } from '../../../shared/case-map/genogram-drawing.ts'
import { FIGURE_STEP, genogramLayout, placesOf } from '../../../shared/case-map/genogram-layout.ts'
import { codesOf } from '../../../shared/codes.ts'
import { ecoMapOf } from '../../../shared/documents/case-map-eco.ts'
import { genogramOf } from '../../../shared/documents/case-map-genogram.ts'
import { householdFiguresOf } from '../../../shared/documents/case-map-household.ts'
import { brokenInvariants } from '../../../shared/documents/invariants.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { drawSomething, homeIds, meet } from './map-editor.ts'

const TODAY = '2026-11-22'
const readGenogram = (doc: Y.Doc) => genogramOf(doc, householdFiguresOf(doc))

/** Everybody above somebody, by a plain walk. */
function ancestors(genogram: Genogram, id: string, seen = new Set<string>()): Set<string> {
  for (const { childId, unionId } of genogram.children) {
    if (childId !== id) continue
    const union = genogram.unions.find(each => each.id === unionId)
    for (const parent of union ? partnersOf(union) : []) {
      if (seen.has(parent)) continue
      seen.add(parent)
      ancestors(genogram, parent, seen)
    }
  }
  return seen
}

function expectSound(doc: Y.Doc, at: string): void {
  expect(brokenInvariants(doc, 'case'), at).toEqual([])
  const genogram = readGenogram(doc)
  const known = new Set(genogram.people.map(({ id }) => id))
  for (const { id } of genogram.people) expect(ancestors(genogram, id).has(id), at).toBe(false)
  for (const union of genogram.unions) for (const id of partnersOf(union)) expect(known.has(id), at).toBe(true)
  const pairs = genogram.unions.map(({ a, b }) => [a, b].sort().join())
  expect(new Set(pairs).size, at).toBe(pairs.length)

  const layout = genogramLayout(genogram)
  expect([...layout.reading].sort(), at).toEqual([...known].sort())
  for (const { childId, unionId } of genogram.children) {
    const union = genogram.unions.find(({ id }) => id === unionId)
    for (const parent of union ? partnersOf(union) : []) {
      expect(layout.places.get(childId)?.y, at).toBeGreaterThan(layout.places.get(parent)?.y ?? Number.NaN)
    }
  }
  const rows = new Map<number, number[]>()
  for (const { x, y } of layout.places.values()) rows.set(y, [...(rows.get(y) ?? []), x])
  for (const row of rows.values()) {
    row.sort((a, b) => a - b)
    for (const [i, x] of row.entries()) {
      if (i > 0) expect(x - (row[i - 1] ?? 0), at).toBeGreaterThanOrEqual(FIGURE_STEP - 1)
    }
  }
  const drawing = genogramDrawing(genogram, layout, placesOf(genogram, layout), { today: TODAY, unnamed: '?' })
  for (const { d } of [...drawing.strokes, ...drawing.heads]) expect(d, at).not.toMatch(/NaN|undefined|Infinity/)

  const home = genogram.people.filter(({ isHome }) => isHome)
  const eco = ecoMapOf(doc, new Set(home.map(({ id }) => id)))
  const around = ecoLayout(eco, home)
  const systems = [...around.systems.values()]
  for (const [i, a] of systems.entries()) {
    expect(Math.hypot(a.x, a.y), at).toBeGreaterThan(around.radius + SYSTEM_RADIUS)
    for (const b of systems.slice(i + 1)) {
      expect(Math.hypot(a.x - b.x, a.y - b.y), at).toBeGreaterThan(2 * SYSTEM_RADIUS)
    }
  }
  const kindOf = () => '기관'
  const ecoShown = ecoDrawing(eco, home, around, systemPlaces(eco, around), { today: TODAY, unnamed: '?', kindOf })
  for (const { d } of [...ecoShown.strokes, ...ecoShown.heads]) expect(d, at).not.toMatch(/NaN|undefined|Infinity/)
}

/** The words against a count of what is drawn, taken apart from how they are put together. */
function expectToldAsDrawn(doc: Y.Doc, at: string): void {
  const genogram = readGenogram(doc)
  const told = describeGenogram(genogram, { language: 'ko', today: TODAY })
  expect(told.lines.map(({ id }) => id).sort(), at).toEqual(genogram.people.map(({ id }) => id).sort())
  const phrases = told.lines.flatMap(line => line.phrases)
  const beginning = (...starts: string[]) =>
    phrases.filter(phrase => starts.some(start => phrase.startsWith(start))).length
  const pairs = genogram.unions.filter(({ b }) => b !== '')
  expect(
    beginning('배우자 ', '동거인 ', '약혼·교제 상대 ', '별거 중인 배우자 ', '이혼한 배우자 ', '함께 아이를 둔 사람 '),
    at,
  ).toBe(pairs.length * 2)
  expect(beginning('부모: ', '입양 부모: ', '위탁 부모: '), at).toBe(genogram.children.length)
  const relationStarts = { close: '친밀함: ', very_close: '매우 친밀함', distant: '소원함: ', conflict: '갈등: ' }
  const others = { close_conflict: '밀착되어', cut_off: '단절: ', violence: '폭력을 ' }
  for (const kind of codesOf(RELATION_KINDS)) {
    const start = { ...relationStarts, ...others }[kind]
    const drawn = genogram.relations.filter(relation => relation.kind === kind).length
    expect(beginning(start), `${at} ${kind}`).toBe(drawn * 2)
  }
  const childrenTold = phrases.filter(phrase => /^(아들|딸|자녀) \d+명: /.test(phrase))
  const counted = childrenTold.reduce((sum, phrase) => sum + Number(/ (\d+)명/.exec(phrase)?.[1]), 0)
  const born = genogram.children.filter(({ childId }) =>
    genogram.people.some(p => p.id === childId && p.form === 'person'),
  )
  const parentsOfBorn = born.reduce((sum, { unionId }) => {
    const union = genogram.unions.find(({ id }) => id === unionId)
    return sum + (union ? partnersOf(union).length : 0)
  }, 0)
  expect(counted, at).toBe(parentsOfBorn)

  const home = genogram.people.filter(({ isHome }) => isHome)
  const eco = ecoMapOf(doc, homeIds(doc))
  const ecoTold = describeEcoMap(eco, home, { language: 'ko', kindOf: () => '기관' })
  expect(
    ecoTold.lines.map(({ id }) => id),
    at,
  ).toEqual(eco.systems.map(({ id }) => id))
  const ties = ecoTold.lines.flatMap(line => line.phrases).filter(phrase => / 관계|있는 관계|끊어진/.test(phrase))
  expect(ties.length, at).toBe(eco.ties.length)
}

test('[GM2] [GM3] [GM4] [GM6] [GM9] [GM11] two who draw at once see one map, sound at every step and told as it is drawn', () => {
  const done = new Map<string, number>()
  let largest = 0
  for (const seed of seedsToRun(12)) {
    const random = seededRandom(seed)
    const [one, two] = [new Y.Doc(), new Y.Doc()]
    for (let step = 0; step < 90; step += 1) {
      const doc = random.chance(0.5) ? one : two
      const name = drawSomething(doc, random)
      done.set(name, (done.get(name) ?? 0) + 1)
      if (step % 6 === 0) expectSound(doc, `seed ${seed} step ${step} ${name}`)
      if (random.chance(0.12)) meet(one, two)
    }
    meet(one, two)
    meet(one, two)
    expect(readGenogram(one), `seed ${seed}`).toEqual(readGenogram(two))
    expect(genogramLayout(readGenogram(one)).places, `seed ${seed}`).toEqual(genogramLayout(readGenogram(two)).places)
    expect(ecoMapOf(one, homeIds(one)), `seed ${seed}`).toEqual(ecoMapOf(two, homeIds(two)))
    expectSound(one, `seed ${seed} at the end`)
    expectToldAsDrawn(one, `seed ${seed}`)
    largest = Math.max(largest, readGenogram(one).people.length)
  }
  // Nothing was tried in vain.
  if (process.env.SEED === undefined) {
    expect(done.size).toBe(28)
    expect(largest).toBeGreaterThan(6)
  }
})

test('[GM10] the order in which records come makes no difference to what is drawn, nor to where', () => {
  let compared = 0
  for (const seed of seedsToRun(8)) {
    const random = seededRandom(seed)
    const doc = new Y.Doc()
    for (let step = 0; step < 60; step += 1) drawSomething(doc, random)
    const genogram = readGenogram(doc)
    const again = soundGenogram({
      people: [...genogram.people].reverse(),
      unions: [...genogram.unions].reverse(),
      children: [...genogram.children].reverse(),
      relations: [...genogram.relations].reverse(),
    })
    expect(again).toEqual({ ...genogram, leftOut: [] })
    expect(genogramLayout(again).places).toEqual(genogramLayout(genogram).places)
    compared += genogram.people.length
  }
  expect(compared).toBeGreaterThan(60)
})
