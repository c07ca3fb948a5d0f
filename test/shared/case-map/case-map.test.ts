import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { describeEcoMap, describeGenogram, sentenceOf } from '../../../shared/case-map/describe.ts'
import { figureMark, shortened, wrapped } from '../../../shared/case-map/figures.ts'
import { genogramDrawing } from '../../../shared/case-map/genogram-drawing.ts'
import { genogramLayout, placesOf } from '../../../shared/case-map/genogram-layout.ts'
import { NO_OFFSET, packOffset, unpackOffset } from '../../../shared/case-map/offsets.ts'
import { MAP_ROOT_NAMES } from '../../../shared/documents/case-map.ts'
import { ecoMapOf, putSystems, putTie, removeSystem } from '../../../shared/documents/case-map-eco.ts'
import {
  addParent,
  genogramOf,
  linkToMember,
  putChild,
  putPerson,
  putRelation,
  putUnion,
  removeLeftOut,
  removePerson,
  setChildFields,
  setIndexPerson,
  setPersonFields,
  setPersonOffset,
} from '../../../shared/documents/case-map-genogram.ts'
import { householdFiguresOf, putHousehold } from '../../../shared/documents/case-map-household.ts'
import { members } from '../../../shared/documents/case-parts/household.ts'
import type { MemberId } from '../../../shared/ids.ts'
import { familyUnderTest, id } from './family-under-test.ts'
import { meet } from './map-editor.ts'

const TODAY = '2026-11-22'
const member = (name: string) => id(name) as MemberId

function householdOfThree(): Y.Doc {
  const doc = new Y.Doc()
  members.add(doc, member('kim'), { name: '김○○', relation: 'self', sex: 'female', birth: '1959-03-02' })
  members.add(doc, member('park'), { name: '박○○', relation: 'spouse', sex: 'male', birth: '1955', living: 'apart' })
  members.add(doc, member('jun'), { name: '박준○', relation: 'child', sex: 'male', birth: '1988-12-01' })
  return doc
}
const read = (doc: Y.Doc) => genogramOf(doc, householdFiguresOf(doc))
const told = (doc: Y.Doc, language: 'ko' | 'en' = 'ko') =>
  describeGenogram(read(doc), { language, today: TODAY }).lines.map(sentenceOf)

describe('figures of the household', () => {
  test('[GM1] a first genogram comes out of the household, and shows its members as the household has them', () => {
    const doc = householdOfThree()
    expect(putHousehold(doc)).toBe(3)
    expect(told(doc)).toEqual([
      '박○○(71세, 남) – 배우자 김○○(67세, 여); 아들 1명: 박준○(37세)',
      '김○○(67세, 여, 중심 인물, 함께 삶) – 배우자 박○○(71세, 남); 아들 1명: 박준○(37세)',
      '박준○(37세, 남, 함께 삶) – 부모: 김○○, 박○○',
    ])
    members.set(doc, member('jun'), { name: '박준호', living: 'apart' })
    expect(read(doc).people.find(person => person.id === id('jun'))).toMatchObject({ name: '박준호', isHome: false })
    expect(putHousehold(doc)).toBe(0)
  })

  test('[GM1] two who put the household at once have put one figure of each, and nothing double between them', () => {
    const one = householdOfThree()
    const two = new Y.Doc()
    meet(one, two)
    putHousehold(one)
    putHousehold(two)
    meet(one, two)
    expect(read(one).people).toHaveLength(3)
    expect(read(one).unions).toHaveLength(1)
    expect(read(one).children).toHaveLength(1)
    expect(read(two)).toEqual(read(one))
  })

  test('[GM1] a member taken out of the household stays on the map with what was known', () => {
    const doc = householdOfThree()
    putHousehold(doc)
    members.remove(doc, member('park'))
    const park = read(doc).people.find(person => person.id === id('park'))
    expect(park).toMatchObject({ isMember: false, name: '박○○', sex: 'male', birth: '1955' })
    expect(read(doc).unions).toHaveLength(1)
  })

  test('[GM1] a figure drawn first becomes the member with everything that hangs on it', () => {
    const family = familyUnderTest()
    family.person('아버지', 'male')
    family.person('어머니', 'female')
    family.person('아들', 'male')
    family.children(family.couple('아버지', '어머니'), '아들')
    putRelation(family.doc, id('아들'), id('아버지'), 'violence')
    setPersonOffset(family.doc, id('아버지'), { x: 40, y: -10 })
    members.add(family.doc, member('m'), { name: '이○○', sex: 'male', birth: '1960' })
    expect(linkToMember(family.doc, id('아버지'), member('m'))).toBe(true)
    const genogram = read(family.doc)
    expect(genogram.leftOut).toEqual([])
    expect(genogram.people).toHaveLength(3)
    expect(genogram.people.find(person => person.id === id('m'))).toMatchObject({
      name: '이○○',
      offset: { x: 40, y: -10 },
    })
    expect(genogram.unions).toMatchObject([{ kind: 'married' }])
    expect(genogram.children).toMatchObject([{ childId: id('아들') }])
    expect(genogram.relations).toMatchObject([{ a: id('아들'), b: id('m'), kind: 'violence' }])
    expect(linkToMember(family.doc, id('어머니'), member('m'))).toBe(false)
  })
})

describe('what a merge leaves', () => {
  test('[GM2] one partnership, one relation, one tie, whoever puts them at once and whichever way round', () => {
    const one = new Y.Doc()
    for (const name of ['a', 'b']) putPerson(one, id(name), { name })
    putSystems(one, [{ id: id('s'), kind: 'health', name: '보건소' }])
    const two = new Y.Doc()
    meet(one, two)
    putUnion(one, id('a'), id('b'), { kind: 'married' })
    putUnion(two, id('b'), id('a'), { kind: 'divorced' })
    putRelation(one, id('a'), id('b'), 'conflict')
    putRelation(two, id('b'), id('a'), 'conflict')
    putTie(one, id('s'), '', { strength: 'strong' })
    putTie(two, id('s'), '', { flow: 'to_household' })
    meet(one, two)
    expect(read(one).unions).toHaveLength(1)
    expect(read(one).relations).toHaveLength(1)
    // Two fields of one tie that was there: both stay.
    expect(ecoMapOf(one, new Set()).ties).toMatchObject([{ strength: 'strong', flow: 'to_household' }])
    expect(read(two)).toEqual(read(one))
  })

  test('[GM3] a relation to somebody who was taken out meanwhile is shown to nobody, and goes with the next removal', () => {
    const one = new Y.Doc()
    for (const name of ['a', 'b', 'c']) putPerson(one, id(name), { name })
    const two = new Y.Doc()
    meet(one, two)
    removePerson(one, id('b'))
    putRelation(two, id('a'), id('b'), 'close')
    meet(one, two)
    expect(read(one).relations).toEqual([])
    expect(told(one).join()).not.toContain('친밀')
    expect(one.getMap('genogramRelations').size).toBe(1)
    removePerson(two, id('c'))
    meet(one, two)
    expect(one.getMap('genogramRelations').size).toBe(0)
  })

  test('[GM3] taking somebody out takes along what hangs on them, and one step back brings all of it', () => {
    const family = familyUnderTest()
    for (const name of ['a', 'b', 'c']) family.person(name, 'unknown')
    family.children(family.couple('a', 'b'), 'c')
    putRelation(family.doc, id('a'), id('c'), 'close')
    const before = family.genogram()
    const manager = new Y.UndoManager(
      MAP_ROOT_NAMES.map(name => family.doc.getMap(name)),
      { captureTimeout: 0, trackedOrigins: new Set(['me']) },
    )
    family.doc.transact(() => removePerson(family.doc, id('a')), 'me')
    expect(family.genogram()).toMatchObject({ unions: [], children: [], relations: [], leftOut: [] })
    manager.undo()
    expect(family.genogram()).toEqual(before)
  })

  test('[GM4] nobody is made their own ancestor; where a merge does, one of the two is left out and can be taken away', () => {
    const one = new Y.Doc()
    for (const name of ['a', 'b']) putPerson(one, id(name), { name })
    const [underA, underB] = [putUnion(one, id('a'), ''), putUnion(one, id('b'), '')]
    const two = new Y.Doc()
    meet(one, two)
    expect(putChild(one, id('b'), underA)).toBe(true)
    expect(putChild(one, id('a'), underB)).toBe(false)
    expect(putChild(one, id('a'), underA)).toBe(false)
    expect(addParent(one, id('a'), id('b'))).toBe(false)
    expect(putChild(two, id('a'), underB)).toBe(true)
    meet(one, two)
    expect(read(one).children).toHaveLength(1)
    expect(read(one).leftOut).toMatchObject([{ root: 'children', why: 'circular' }])
    expect(read(two)).toEqual(read(one))
    removeLeftOut(one, read(one).leftOut)
    expect(read(one).leftOut).toEqual([])
    expect(read(one).children).toHaveLength(1)
  })

  test('[GM5] two who move one figure at once find it at one of the two places', () => {
    const one = new Y.Doc()
    putPerson(one, id('a'), {})
    const two = new Y.Doc()
    meet(one, two)
    setPersonOffset(one, id('a'), { x: 100, y: -50 })
    setPersonOffset(two, id('a'), { x: -30, y: 70 })
    meet(one, two)
    const [found] = read(one).people
    expect([
      { x: 100, y: -50 },
      { x: -30, y: 70 },
    ]).toContainEqual(found?.offset)
    expect(read(two)).toEqual(read(one))
  })

  test('[GM5] a place is one number, and any other number is no place', () => {
    for (const offset of [NO_OFFSET, { x: -4000, y: 4000 }, { x: 17, y: -3 }]) {
      expect(unpackOffset(packOffset(offset))).toEqual(offset)
    }
    expect(unpackOffset(packOffset({ x: 99_999, y: Number.NaN }))).toEqual({ x: 4000, y: 0 })
    for (const not of [null, undefined, '5', -1, 0.5, 1e12]) expect(unpackOffset(not)).toEqual(NO_OFFSET)
  })

  test('[GM6] a document with nothing right in it is drawn', () => {
    const doc = new Y.Doc()
    for (const root of MAP_ROOT_NAMES) {
      doc.getMap(root).set(
        id('x'),
        new Y.Map([
          ['kind', 5],
          ['a', id('x')],
          ['sex', 'toString'],
        ]),
      )
      doc.getMap(root).set(id('y'), 'no record')
    }
    const genogram = read(doc)
    expect(genogram.people).toMatchObject([
      { sex: 'unknown', form: 'person', life: 'living', birth: '', offset: NO_OFFSET },
    ])
    const layout = genogramLayout(genogram)
    expect(
      genogramDrawing(genogram, layout, placesOf(genogram, layout), { today: TODAY, unnamed: '?' }).figures,
    ).toHaveLength(1)
    expect(ecoMapOf(doc, new Set())).toMatchObject({ systems: [{ kind: 'other' }], ties: [] })
  })

  test('[GM15] a resident registration number in a name or a note is written in its masked form', () => {
    const doc = new Y.Doc()
    putPerson(doc, id('a'), { name: '김 900101-1234568', note: '번호 900101-1234568' })
    setPersonFields(doc, id('a'), { note: '900101-1234568' })
    putRelation(doc, id('a'), id('a'), 'close', '900101-1234568')
    putSystems(doc, [{ id: id('s'), kind: 'health', name: '900101-1234568' }])
    putTie(doc, id('s'), '', { note: '900101-1234568' })
    const all = JSON.stringify(MAP_ROOT_NAMES.map(name => doc.getMap(name).toJSON()))
    expect(all.match(/900101-1\*{6}/g)).toHaveLength(5)
    expect(all).not.toContain('234568')
  })
})

describe('parents', () => {
  test('a second parent joins the first, with all children of the one', () => {
    const family = familyUnderTest()
    for (const name of ['child', 'sibling', 'mother', 'father', 'third']) family.person(name, 'unknown')
    expect(addParent(family.doc, id('child'), id('mother'))).toBe(true)
    expect(addParent(family.doc, id('sibling'), id('mother'))).toBe(true)
    expect(addParent(family.doc, id('child'), id('father'))).toBe(true)
    const { unions, children, leftOut } = family.genogram()
    expect(unions).toHaveLength(1)
    expect(children.map(({ childId }) => childId).sort()).toEqual([id('child'), id('sibling')])
    expect(leftOut).toEqual([])
    expect(addParent(family.doc, id('child'), id('third'))).toBe(false)
    expect(addParent(family.doc, id('child'), id('third'), 'foster')).toBe(true)
    expect(family.genogram().children).toHaveLength(3)
  })

  test('[GM2] parents who are partners already keep what they are to each other', () => {
    const family = familyUnderTest()
    for (const name of ['child', 'mother', 'father']) family.person(name, 'unknown')
    family.couple('mother', 'father', 'divorced', 1990)
    addParent(family.doc, id('child'), id('mother'))
    addParent(family.doc, id('child'), id('father'))
    expect(family.genogram().unions).toMatchObject([{ kind: 'divorced', since: 1990 }])
  })
})

describe('in words', () => {
  function wholeFamily(): ReturnType<typeof familyUnderTest> {
    const family = familyUnderTest()
    family.person('김영○', 'female', { born: 1959, home: 'yes' })
    family.person('박철○', 'male', { born: 1950, life: 'deceased', died: 2019 })
    family.person('최○○', 'male', {})
    family.person('큰딸', 'female', { born: 1985 })
    family.person('쌍둥이형', 'male', { born: 1990 })
    family.person('쌍둥이동생', 'male', { born: 1990 })
    family.person('아기', 'unknown', { form: 'miscarriage' })
    const first = family.couple('김영○', '최○○', 'divorced', 1982)
    const second = family.couple('김영○', '박철○', 'married', 1988)
    family.children(first, '큰딸')
    family.children(second, '쌍둥이형', '쌍둥이동생', '아기')
    const twin = family.genogram().children.find(({ childId }) => childId === id('쌍둥이동생'))
    setChildFields(family.doc, twin?.id ?? '', { twinOf: id('쌍둥이형'), twins: 'identical' })
    setIndexPerson(family.doc, id('김영○'))
    putRelation(family.doc, id('쌍둥이형'), id('김영○'), 'violence', '술을 마시면')
    putRelation(family.doc, id('김영○'), id('큰딸'), 'cut_off')
    setPersonFields(family.doc, id('최○○'), { life: 'unknown' })
    return family
  }

  test('[GM11] every partnership, child, parent, twin and relation is told at those whom it joins', () => {
    expect(told(wholeFamily().doc)).toEqual([
      '최○○(생사 모름, 남) – 이혼한 배우자 김영○(67세, 여)(1982년부터); 딸 1명: 큰딸(41세)',
      '김영○(67세, 여, 중심 인물, 함께 삶) – 이혼한 배우자 최○○(생사 모름, 남)(1982년부터); 딸 1명: 큰딸(41세); ' +
        '배우자 박철○(1950–2019 사망, 남)(1988년부터); 아들 2명: 쌍둥이형(36세), 쌍둥이동생(36세); 태어나지 않은 아이: 아기(유산); ' +
        '단절: 큰딸; 폭력을 당함: 쌍둥이형 (술을 마시면)',
      '박철○(1950–2019 사망, 남) – 배우자 김영○(67세, 여)(1988년부터); 아들 2명: 쌍둥이형(36세), 쌍둥이동생(36세); 태어나지 않은 아이: 아기(유산)',
      '큰딸(41세, 여) – 부모: 김영○, 최○○; 단절: 김영○',
      '쌍둥이형(36세, 남) – 부모: 김영○, 박철○; 일란성 쌍둥이: 쌍둥이동생; 폭력을 가함: 김영○ (술을 마시면)',
      '쌍둥이동생(36세, 남) – 부모: 김영○, 박철○; 일란성 쌍둥이: 쌍둥이형',
      '아기(유산) – 부모: 김영○, 박철○',
    ])
  })

  test('[GM11] in English as well', () => {
    const lines = told(wholeFamily().doc, 'en')
    expect(lines[1]).toContain('김영○(67, female, index person, lives in the household) – Divorced from 최○○')
    expect(lines[1]).toContain('2 sons: 쌍둥이형(36), 쌍둥이동생(36)')
    expect(lines[4]).toContain('Violent towards: 김영○')
    expect(lines.join()).not.toMatch(/세|배우자|부모|아들|딸:/)
  })

  test('an empty map says so in a sentence', () => {
    expect(describeGenogram(read(new Y.Doc()), { language: 'ko', today: TODAY })).toEqual({
      summary: '가계도: 아직 인물이 없습니다',
      lines: [],
    })
  })

  test('[GM7] [GM11] ties are told with their strength and direction; one to somebody who moved out is the household’s', () => {
    const doc = householdOfThree()
    putHousehold(doc)
    putSystems(doc, [{ id: id('clinic'), kind: 'health', name: '시립병원' }])
    putTie(doc, id('clinic'), '', { strength: 'strong', flow: 'to_household', note: '항암 치료' })
    putTie(doc, id('clinic'), member('jun'), { strength: 'stressed' })
    const ecoTold = () => {
      const home = read(doc).people.filter(({ isHome }) => isHome)
      const eco = ecoMapOf(doc, new Set(home.map(person => person.id)))
      return describeEcoMap(eco, home, { language: 'ko', kindOf: () => '병원·보건' }).lines.map(sentenceOf)
    }
    expect(ecoTold()[0]).toContain('시립병원(병원·보건) – ')
    expect(ecoTold()[0]).toContain('가구 전체: 강한 관계, 도움이 가구 쪽으로 옴, 항암 치료')
    expect(ecoTold()[0]).toContain('박준○: 갈등·부담이 있는 관계')
    members.set(doc, member('jun'), { living: 'apart' })
    expect(ecoTold()[0]).not.toContain('박준○')
    removeSystem(doc, id('clinic'))
    expect(doc.getMap('ecoTies').size).toBe(0)
  })

  test('[GM8] agencies pressed twice, or by two at once, are there once', () => {
    const one = new Y.Doc()
    const two = new Y.Doc()
    const agencies = [
      { id: id('dong'), kind: 'public_office' as const, name: '생연1동' },
      { id: id('centre'), kind: 'welfare' as const, name: '복지관' },
    ]
    expect(putSystems(one, agencies)).toBe(2)
    expect(putSystems(one, agencies)).toBe(0)
    putSystems(two, agencies)
    meet(one, two)
    expect(ecoMapOf(one, new Set()).systems.map(({ name }) => name)).toEqual(['생연1동', '복지관'])
    expect(ecoMapOf(two, new Set()).ties).toHaveLength(2)
  })
})

describe('as it is drawn', () => {
  const person = (fields: Parameters<typeof putPerson>[2]) => {
    const doc = new Y.Doc()
    putPerson(doc, id('a'), fields)
    const [found] = read(doc).people
    if (found === undefined) throw new Error('no figure')
    return figureMark(found, TODAY, '이름 모름')
  }

  test.each([
    [
      { sex: 'male' as const, born: 1958 },
      { shape: 'square', inside: '68', isCrossed: false },
    ],
    [
      { sex: 'female' as const, born: 1950, life: 'deceased' as const, died: 2019 },
      { shape: 'circle', inside: '69', isCrossed: true },
    ],
    [{ sex: 'other' as const }, { shape: 'diamond', inside: '' }],
    [{ sex: 'unknown' as const }, { shape: 'diamond', inside: '?' }],
    [{ form: 'pregnancy' as const }, { shape: 'triangle', lines: [] }],
    [{ form: 'miscarriage' as const }, { shape: 'dot' }],
    [{ form: 'abortion' as const }, { shape: 'cross' }],
    [
      { form: 'stillbirth' as const, sex: 'female' as const },
      { shape: 'circle', isCrossed: true },
    ],
    [
      { sex: 'male' as const, life: 'deceased' as const, died: 2001 },
      { lines: ['이름 모름', '?–2001'], inside: '' },
    ],
  ])('the symbol of %j', (fields, mark) => expect(person(fields)).toMatchObject(mark))

  test('lines tell kinds apart by form', () => {
    const family = familyUnderTest()
    for (const name of ['a', 'b', 'c', 'd', 'e']) family.person(name, 'unknown')
    const union = family.couple('a', 'b', 'cohabiting')
    family.children(union, 'c', 'd', 'e')
    const draw = () => {
      const genogram = family.genogram()
      const layout = genogramLayout(genogram)
      return genogramDrawing(genogram, layout, placesOf(genogram, layout), { today: TODAY, unnamed: '?' })
    }
    const childOf = (name: string) => family.genogram().children.find(({ childId }) => childId === id(name))?.id ?? ''
    setChildFields(family.doc, childOf('d'), { kind: 'adopted' })
    setChildFields(family.doc, childOf('e'), { kind: 'foster' })
    const look = (record: string) =>
      draw()
        .strokes.filter(stroke => stroke.id === record)
        .map(stroke => stroke.look)
    expect(look(union)).toEqual(['dashed', 'solid'])
    expect([look(childOf('c')), look(childOf('d')), look(childOf('e'))]).toEqual([['solid'], ['dashed'], ['dotted']])
    putUnion(family.doc, id('a'), id('b'), { kind: 'divorced' })
    const slashes = draw().strokes.filter(stroke => stroke.id === union)[1]?.d ?? ''
    expect(slashes.match(/M/g)).toHaveLength(2)
    const violence = putRelation(family.doc, id('c'), id('a'), 'violence')
    expect(draw().heads.map(head => head.id)).toEqual([violence])
    // Its head points at the one who suffers it: the eldest generation stands above.
    const tip = Number(/^M[-\d.]+ ([-\d.]+)/.exec(draw().heads[0]?.d ?? '')?.[1])
    expect(tip).toBeLessThan(60)
  })

  test('names are cut by their width, and words wrapped where they can be', () => {
    expect(shortened('김철수', 14)).toBe('김철수')
    expect(shortened('아주긴이름을가진사람', 14)).toBe('아주긴이름을가…')
    expect(wrapped('동두천시 무한돌봄센터', 12, 3)).toEqual(['동두천시', '무한돌봄센터'])
    expect(wrapped('가나다라마바사아자차카타파하거너더러', 12, 2)).toEqual(['가나다라마바', '사아자차카타…'])
  })
})
