/** Families as families are: everybody who marries in brings their own parents, brothers and sisters. */
import { expect, test } from 'vitest'
import { ENCLOSURE_WIDTH, enclosureOf } from '../../../shared/case-map/enclosure.ts'
import { type Genogram, partnersOf } from '../../../shared/case-map/genogram.ts'
import { apart, FIGURE_STEP, genogramLayout, LABEL_HEIGHT } from '../../../shared/case-map/genogram-layout.ts'
import { distanceFromStretch } from '../../../shared/case-map/strokes.ts'
import { genogramOf } from '../../../shared/documents/case-map-genogram.ts'
import { type SeededRandom, seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { familyUnderTest, id } from './family-under-test.ts'

function randomFamily(random: SeededRandom): Genogram {
  const family = familyUnderTest()
  let count = 0
  const someone = (birth: number) => {
    count += 1
    const name = `p${count}_`
    family.person(name, random.pick(['male', 'female']), { born: random.chance(0.8) ? birth : null })
    return name
  }
  const siblings = (parents: string, birth: number): string[] => {
    const names = Array.from({ length: 1 + random.below(4) }, () => someone(birth + random.below(15)))
    family.children(parents, ...names)
    return names
  }
  const grow = (person: string, birth: number, depth: number) => {
    const marriages = random.chance(0.75) ? (random.chance(0.2) ? 2 : 1) : 0
    for (let nth = 0; nth < marriages && count < 45; nth += 1) {
      const inLaw = random.chance(0.5)
      const kin = inLaw ? siblings(family.couple(someone(birth - 28), someone(birth - 28)), birth) : [someone(birth)]
      const partner = random.pick(kin)
      const union = family.couple(person, partner, 'married', 1950 + nth * 10)
      if (depth > 0) for (const child of siblings(union, birth + 28)) grow(child, birth + 28, depth - 1)
    }
  }
  const founders = family.couple(someone(1920), someone(1922))
  for (const child of siblings(founders, 1945)) grow(child, 1945, 1)
  return genogramOf(family.doc, [])
}

test('[GM9] partners stand side by side in one row and brothers and sisters by birth, over many families', () => {
  const met = { couples: 0, siblings: 0, people: 0 }
  for (const seed of seedsToRun(60)) {
    const genogram = randomFamily(seededRandom(seed))
    const { places, family } = genogramLayout(genogram)
    const at = (person: string) => places.get(person) ?? { x: Number.NaN, y: Number.NaN }
    for (const union of genogram.unions) {
      const [a, b] = partnersOf(union)
      if (a === undefined || b === undefined) continue
      met.couples += 1
      expect(at(a).y, `seed ${seed}`).toBe(at(b).y)
      if ([a, b].every(partner => family.unionsOf(partner).length <= 2)) {
        expect(Math.abs(at(a).x - at(b).x), `seed ${seed}`).toBe(FIGURE_STEP)
      }
      const children = family.childrenOf(union.id)
      for (const [i, { childId }] of children.entries()) {
        const next = children[i + 1]
        if (next === undefined) continue
        met.siblings += 1
        expect(at(childId).x, `seed ${seed}`).toBeLessThan(at(next.childId).x)
        const [elder, younger] = [family.person(childId)?.birth ?? '', family.person(next.childId)?.birth ?? '']
        if (elder !== '' && younger !== '') expect(elder <= younger, `seed ${seed}`).toBe(true)
      }
    }
    met.people += genogram.people.length
  }
  if (process.env.SEED === undefined) {
    expect(met.couples).toBeGreaterThan(200)
    expect(met.siblings).toBeGreaterThan(300)
  }
})

test('[GM14] the line around the household takes in all who live together, and nobody else where there is a way around', () => {
  let around = 0
  for (const seed of seedsToRun(120)) {
    const random = seededRandom(seed)
    const grid = Array.from({ length: 12 }, (_, i) => ({ x: (i % 4) * FIGURE_STEP, y: Math.floor(i / 4) * 190 }))
    const home = grid.filter(() => random.chance(0.5))
    const others = grid.filter(point => !home.includes(point))
    const drawn = enclosureOf(home, others)
    if (home.length === 0) {
      expect(drawn).toBeNull()
      continue
    }
    const stretches = [...(drawn?.d ?? '').matchAll(/M([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)/g)].map(match => {
      const [x1, y1, x2, y2] = match.slice(1).map(Number)
      return [
        { x: x1 ?? 0, y: y1 ?? 0 },
        { x: x2 ?? 0, y: y2 ?? 0 },
      ] as const
    })
    const near = ({ x, y }: { x: number; y: number }) =>
      Math.min(...stretches.map(([a, b]) => distanceFromStretch({ x, y: y + LABEL_HEIGHT / 2 }, a, b)))
    for (const point of home) expect(near(point), `seed ${seed}`).toBeLessThan(1)
    // Where every one who lives together is a neighbour of another in the grid there is a way that takes in nobody else.
    const reached = new Set(home.slice(0, 1))
    for (let before = 0; before !== reached.size; ) {
      before = reached.size
      for (const point of home) {
        if (
          [...reached].some(
            p => Math.abs(p.x - point.x) + Math.abs(p.y - point.y) <= 190 && (p.x === point.x || p.y === point.y),
          )
        ) {
          reached.add(point)
        }
      }
    }
    if (reached.size !== home.length) continue
    around += 1
    for (const point of others) expect(near(point), `seed ${seed}`).toBeGreaterThanOrEqual(ENCLOSURE_WIDTH / 2)
  }
  if (process.env.SEED === undefined) expect(around).toBeGreaterThan(5)
})

test('[GM9] whoever wants the same room shares it, nobody is pushed further than needed', () => {
  expect(apart([0, 100, 200], [0, 50, 50])).toEqual([0, 100, 200])
  expect(apart([0, 0], [0, 100])).toEqual([-50, 50])
  expect(apart([300, 0, 0], [0, 100, 100])).toEqual([0, 100, 200])
  for (const seed of seedsToRun(100)) {
    const random = seededRandom(seed)
    const count = 1 + random.below(12)
    const wanted = Array.from({ length: count }, () => random.below(900))
    const gaps = Array.from({ length: count }, () => 60 + random.below(200))
    const places = apart(wanted, gaps)
    for (let i = 1; i < count; i += 1) {
      expect((places[i] ?? 0) - (places[i - 1] ?? 0), `seed ${seed}`).toBeGreaterThanOrEqual((gaps[i] ?? 0) - 1e-6)
    }
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
    expect(total(places), `seed ${seed}`).toBeCloseTo(total(wanted), 4)
  }
})

test('[GM9] somebody who is a partner of their own grandchild stands above the grandchild all the same', () => {
  const family = familyUnderTest()
  for (const name of ['old', 'wife', 'son', 'sonWife', 'grandchild']) family.person(name, 'unknown')
  family.children(family.couple('old', 'wife'), 'son')
  family.children(family.couple('son', 'sonWife'), 'grandchild')
  family.couple('old', 'grandchild', 'cohabiting')
  const { places } = genogramLayout(family.genogram())
  expect(places.get(id('grandchild'))?.y).toBeGreaterThan(places.get(id('son'))?.y ?? Number.NaN)
  expect(places.get(id('son'))?.y).toBeGreaterThan(places.get(id('old'))?.y ?? Number.NaN)
})
