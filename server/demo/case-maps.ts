/** Genogram and eco-map of the demo's household. The item of the news names no family; everybody here is made up (합성). */
import type * as Y from 'yjs'
import { MAP_ROOT_NAMES } from '../../shared/documents/case-map.ts'
import { putSystem, putSystems, putTie } from '../../shared/documents/case-map-eco.ts'
import { putChild, putPerson, putRelation, putUnion, setIndexPerson } from '../../shared/documents/case-map-genogram.ts'
import { putHousehold } from '../../shared/documents/case-map-household.ts'
import { householdOf } from '../../shared/documents/case-parts/household.ts'
import { DEMO_AGENCIES } from './community.ts'
import { fixedId } from './fixed-ids.ts'

const figure = (name: string): string => fixedId<string>('figure', `saengyeon-kim-${name}`)

/** Draws both, unless somebody has drawn anything. */
export function drawCaseMaps(doc: Y.Doc): void {
  if (MAP_ROOT_NAMES.some(root => doc.getMap(root).size > 0)) return
  doc.transact(() => {
    drawGenogram(doc)
    drawEcoMap(doc)
  })
}

function drawGenogram(doc: Y.Doc): void {
  const household = householdOf(doc)
  const self = household.find(({ relation }) => relation === 'self')?.id ?? figure('self')
  const sister = household.find(({ relation }) => relation === 'sibling')?.id ?? figure('sister')
  putHousehold(doc)
  putPerson(doc, self, { name: '김○○', note: '폐암, 뇌 전이. 2년 전 퇴직' })
  putPerson(doc, sister, { name: '여동생', sex: 'female' })
  setIndexPerson(doc, self)
  putPerson(doc, figure('father'), { name: '아버지', sex: 'male', born: 1938, life: 'deceased', died: 2009 })
  putPerson(doc, figure('mother'), { name: '어머니', sex: 'female', born: 1942, note: '요양원에 계심' })
  putPerson(doc, figure('wife'), { name: '전 배우자', sex: 'female', born: 1970 })
  putPerson(doc, figure('son'), { name: '아들', sex: 'male', born: 1994 })
  putPerson(doc, figure('daughter'), { name: '딸', sex: 'female', born: 1997 })
  const parents = putUnion(doc, figure('father'), figure('mother'), { kind: 'married', since: 1965 })
  putChild(doc, self, parents)
  putChild(doc, sister, parents)
  const marriage = putUnion(doc, self, figure('wife'), { kind: 'divorced', since: 1992, until: 2015 })
  putChild(doc, figure('son'), marriage)
  putChild(doc, figure('daughter'), marriage)
  putRelation(doc, self, figure('son'), 'cut_off', '2018년 돈 문제 뒤로')
  putRelation(doc, self, figure('daughter'), 'distant', '명절에 문자')
  putRelation(doc, self, sister, 'conflict', '어머니 간병비')
  putRelation(doc, figure('wife'), figure('daughter'), 'close')
}

function drawEcoMap(doc: Y.Doc): void {
  const { saengyeon, muhan, council, angel, mind } = DEMO_AGENCIES
  const agencies = [
    { ...saengyeon, kind: 'public_office' as const },
    { ...muhan, kind: 'public_office' as const },
    { ...council, kind: 'welfare' as const },
    { ...angel, kind: 'welfare' as const },
    { ...mind, kind: 'health' as const },
  ]
  putSystems(
    doc,
    agencies.map(({ agencyId, name, kind }) => ({ id: agencyId, name, kind })),
  )
  putTie(doc, saengyeon.agencyId, '', { strength: 'strong', flow: 'both' })
  putTie(doc, council.agencyId, '', { flow: 'to_household', note: '생필품' })
  putTie(doc, angel.agencyId, '', { strength: 'weak', flow: 'to_household', note: '검사비 검토' })
  const others = [
    ['hospital', 'health', '대학병원 종양내과', { strength: 'strong', flow: 'to_household' }],
    ['bank', 'finance', '카드사·대부업체', { strength: 'stressed', flow: 'from_household', note: '빚 독촉' }],
    ['work', 'work', '다니던 회사', { strength: 'broken', flow: 'none' }],
    ['neighbour', 'neighbours', '아래층 이웃', { strength: 'weak', flow: 'to_household', note: '가끔 반찬' }],
  ] as const
  for (const [name, kind, title, tie] of others) {
    putSystem(doc, figure(name), { kind, name: title })
    putTie(doc, figure(name), '', tie)
  }
}
