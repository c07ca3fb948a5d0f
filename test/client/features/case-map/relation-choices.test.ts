import { expect, test } from 'vitest'
import {
  putRelationChoice,
  RELATION_CHOICES,
  type RelationChoice,
} from '../../../../client/features/case-map/relation-choices.ts'
import { RELATION_KINDS, UNION_KINDS } from '../../../../shared/case-map/case-map-codes.ts'
import { familyOf } from '../../../../shared/case-map/family.ts'
import { codesOf } from '../../../../shared/codes.ts'
import { familyUnderTest, id } from '../../../shared/case-map/family-under-test.ts'

function withThree() {
  const family = familyUnderTest()
  for (const name of ['a', 'b', 'c']) family.person(name, 'unknown')
  const put = (name: string, other: string, choice: RelationChoice, unionId?: string) => {
    const genogram = family.genogram()
    const person = genogram.people.find(each => each.id === id(name))
    if (person === undefined) throw new Error(`${name} is not there`)
    return putRelationChoice(family.doc, familyOf(genogram), person, id(other), choice, unionId)
  }
  return { ...family, put }
}

test('every line that can be drawn is offered once, in the list as in the drawing', () => {
  const offered = RELATION_CHOICES.map(({ id: name }) => name)
  expect(new Set(offered).size).toBe(offered.length)
  for (const kind of codesOf(RELATION_KINDS)) expect(offered).toContain(`relation ${kind}`)
  // Parents of a child only come about by putting the child.
  for (const kind of codesOf(UNION_KINDS)) expect(offered.includes(`partner ${kind}`)).toBe(kind !== 'parents_only')
})

test('a child goes to the partnership that is named, or to the one parent alone', () => {
  const { put, genogram } = withThree()
  expect(put('a', 'c', { is: 'child', kind: 'birth' })).toBe('put')
  expect(genogram().unions).toMatchObject([{ b: '', kind: 'parents_only' }])
  expect(put('c', 'b', { is: 'parent', kind: 'birth' })).toBe('put')
  expect(genogram().unions).toMatchObject([{ kind: 'parents_only' }])
  expect(genogram().children).toHaveLength(1)
  expect(genogram().unions[0]?.b).not.toBe('')
})

test('a third parent of a kind, and somebody as their own ancestor, are refused with a reason, and nothing is written', () => {
  const { put, genogram, person } = withThree()
  put('c', 'a', { is: 'parent', kind: 'birth' })
  put('c', 'b', { is: 'parent', kind: 'birth' })
  person('d', 'unknown')
  const before = genogram()
  expect(put('c', 'd', { is: 'parent', kind: 'birth' })).toBe('two-parents')
  expect(put('c', 'a', { is: 'child', kind: 'birth' })).toBe('circular')
  expect(genogram()).toEqual(before)
  expect(put('c', 'd', { is: 'parent', kind: 'adopted' })).toBe('put')
})

test('brothers and sisters have the same parents', () => {
  const { put, genogram } = withThree()
  expect(put('a', 'b', { is: 'sibling' })).toBe('two-parents')
  put('a', 'c', { is: 'parent', kind: 'birth' })
  expect(put('a', 'b', { is: 'sibling' })).toBe('put')
  const { children } = genogram()
  expect(new Set(children.map(({ unionId }) => unionId)).size).toBe(1)
  expect(children).toHaveLength(2)
})
