/** Somebody who draws at random: every function that the screens call, with what stands in their own copy. */
import * as Y from 'yjs'
import {
  CHILD_KINDS,
  FIGURE_FORMS,
  FIGURE_LIVES,
  FIGURE_SEXES,
  RELATION_KINDS,
  SYSTEM_KINDS,
  TIE_FLOWS,
  TIE_STRENGTHS,
  UNION_KINDS,
} from '../../../shared/case-map/case-map-codes.ts'
import { codesOf } from '../../../shared/codes.ts'
import {
  ecoMapOf,
  moveSystem,
  putSystems,
  putTie,
  removeSystem,
  removeTie,
  setSystemFields,
  setSystemOffset,
  setTieFields,
} from '../../../shared/documents/case-map-eco.ts'
import {
  addParent,
  genogramOf,
  linkToMember,
  movePerson,
  putChild,
  putPerson,
  putRelation,
  putUnion,
  removeChild,
  removeLeftOut,
  removePerson,
  removeRelation,
  removeUnion,
  setChildFields,
  setIndexPerson,
  setPersonFields,
  setPersonOffset,
  setUnionFields,
} from '../../../shared/documents/case-map-genogram.ts'
import { householdFiguresOf, putHousehold } from '../../../shared/documents/case-map-household.ts'
import { members } from '../../../shared/documents/case-parts/household.ts'
import { idFromBytes } from '../../../shared/ids.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'

export const homeIds = (doc: Y.Doc): Set<string> =>
  new Set(
    genogramOf(doc, householdFiguresOf(doc))
      .people.filter(({ isHome }) => isHome)
      .map(({ id }) => id),
  )

/** One step at random; its name, for counting. */
export function drawSomething(doc: Y.Doc, random: SeededRandom): string {
  const genogram = genogramOf(doc, householdFiguresOf(doc))
  const eco = ecoMapOf(doc, homeIds(doc))
  const newId = () => idFromBytes<string>(random.bytes(16))
  const anyone = () => random.pick(genogram.people).id
  const year = () => (random.chance(0.2) ? null : 1900 + random.below(126))
  const steps: Record<string, () => void> = {
    person: () =>
      putPerson(doc, newId(), {
        name: random.pick(['김○○', '박정희', '', '아주 긴 이름을 가진 사람입니다']),
        sex: random.pick(codesOf(FIGURE_SEXES)),
        form: random.chance(0.8) ? 'person' : random.pick(codesOf(FIGURE_FORMS)),
        life: random.pick(codesOf(FIGURE_LIVES)),
        born: year(),
        died: year(),
        home: random.chance(0.4) ? 'yes' : '',
      }),
    member: () =>
      members.add(doc, newId() as never, {
        name: '가구원',
        relation: random.pick(['self', 'spouse', 'child', 'child', 'parent', 'sibling']),
        sex: random.pick(['male', 'female', '']),
        birth: random.pick(['', '1958', '1990-02', '2015-03-04']),
        living: random.pick(['together', 'apart', '']),
      }),
    household: () => void putHousehold(doc),
    removeMember: () => {
      const all = householdFiguresOf(doc)
      if (all.length > 0) members.remove(doc, random.pick(all).id)
    },
    system: () => void putSystems(doc, [{ id: newId(), kind: random.pick(codesOf(SYSTEM_KINDS)), name: '보건소' }]),
  }
  if (genogram.people.length > 1) {
    Object.assign(steps, {
      union: () => {
        const [a, b] = [anyone(), random.chance(0.2) ? '' : anyone()]
        if (a !== b) putUnion(doc, a, b, { kind: random.pick(codesOf(UNION_KINDS)), since: year() })
      },
      parent: () => {
        const [child, parent] = [anyone(), anyone()]
        if (child !== parent) addParent(doc, child, parent, random.pick(codesOf(CHILD_KINDS)))
      },
      relation: () => {
        const [a, b] = [anyone(), anyone()]
        if (a !== b) putRelation(doc, a, b, random.pick(codesOf(RELATION_KINDS)), random.chance(0.3) ? '돈 문제' : '')
      },
      fields: () => setPersonFields(doc, anyone(), { name: '고친 이름', born: year(), note: '메모' }),
      offset: () => setPersonOffset(doc, anyone(), { x: random.below(9000) - 4500, y: random.below(400) - 200 }),
      index: () => setIndexPerson(doc, anyone()),
      order: () => movePerson(doc, anyone(), { before: anyone() }),
      remove: () => removePerson(doc, anyone()),
      link: () => {
        const free = householdFiguresOf(doc).filter(({ id }) => !genogram.people.some(person => person.id === id))
        if (free.length > 0) linkToMember(doc, anyone(), random.pick(free).id)
      },
    })
  }
  if (genogram.unions.length > 0) {
    Object.assign(steps, {
      child: () => putChild(doc, anyone(), random.pick(genogram.unions).id, random.pick(codesOf(CHILD_KINDS))),
      unionFields: () => setUnionFields(doc, random.pick(genogram.unions).id, { kind: 'divorced', until: year() }),
      removeUnion: () => removeUnion(doc, random.pick(genogram.unions).id),
    })
  }
  if (genogram.children.length > 0) {
    Object.assign(steps, {
      twin: () => setChildFields(doc, random.pick(genogram.children).id, { twinOf: anyone(), twins: 'identical' }),
      removeChild: () => removeChild(doc, random.pick(genogram.children).id),
    })
  }
  if (genogram.relations.length > 0) {
    Object.assign(steps, { removeRelation: () => removeRelation(doc, random.pick(genogram.relations).id) })
  }
  if (genogram.leftOut.length > 0) Object.assign(steps, { tidy: () => removeLeftOut(doc, genogram.leftOut) })
  if (eco.systems.length > 0) {
    Object.assign(steps, {
      tie: () =>
        putTie(doc, random.pick(eco.systems).id, genogram.people.length > 0 && random.chance(0.6) ? anyone() : '', {
          strength: random.pick(codesOf(TIE_STRENGTHS)),
          flow: random.pick(codesOf(TIE_FLOWS)),
        }),
      systemFields: () => setSystemFields(doc, random.pick(eco.systems).id, { name: '이웃', note: '반찬' }),
      systemOffset: () => setSystemOffset(doc, random.pick(eco.systems).id, { x: 20, y: -30 }),
      moveSystem: () => moveSystem(doc, random.pick(eco.systems).id, 'first'),
      removeSystem: () => removeSystem(doc, random.pick(eco.systems).id),
    })
  }
  if (eco.ties.length > 0) {
    Object.assign(steps, {
      tieFields: () => setTieFields(doc, random.pick(eco.ties).id, { strength: 'stressed', note: '빚' }),
      removeTie: () => removeTie(doc, random.pick(eco.ties).id),
    })
  }
  // More come than go, or there would be little to draw.
  const name = genogram.people.length < 12 && random.chance(0.25) ? 'person' : random.pick(Object.keys(steps))
  steps[name]?.()
  return name
}

/** Hands each what the other lacks. */
export function meet(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)))
}
