/** What of a case's document the server refuses, and from whom: the guard on the layout of `shared/documents/case-document.ts`. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { setCaseFacts } from '../../../shared/documents/case-parts/case-facts.ts'
import { members } from '../../../shared/documents/case-parts/household.ts'
import { brokenInvariants } from '../../../shared/documents/invariants.ts'
import { GuardedCopy, writerFacts } from '../../sync/guard-people.ts'

const ID = 'kim'.padEnd(22, '0')

/** What somebody with a modified client writes into a copy that knows all that the server knows. */
function verdictOn(change: (doc: Y.Doc) => void) {
  const server = new GuardedCopy('case')
  const doc = new Y.Doc()
  doc.clientID = 7
  members.add(doc, ID, { name: '김○○' })
  setCaseFacts(doc, { address: '동두천시' })
  expect(server.take(Y.encodeStateAsUpdate(doc), writerFacts(0))).toMatchObject({ ok: true })
  const before = Y.encodeStateVector(doc)
  change(doc)
  const verdict = server.take(Y.encodeStateAsUpdate(doc, before), writerFacts(0))
  expect(brokenInvariants(server.doc, 'case')).toEqual([])
  return verdict
}

const record = (doc: Y.Doc): Y.Map<unknown> => doc.getMap<Y.Map<unknown>>('members').get(ID) as Y.Map<unknown>

test.each<[string, (doc: Y.Doc) => void]>([
  ['another root', doc => void doc.getMap('hidden').set('x', 1)],
  ['a fact of no name', doc => void doc.getMap('facts').set('residentNumber', '900101-1234568')],
  ['a fact of the wrong kind', doc => void doc.getMap('facts').set('deposit', 'all of it')],
  ['a fact below nothing', doc => void doc.getMap('facts').set('deposit', -1)],
  ['a map among the facts', doc => void doc.getMap('facts').set('address', new Y.Map())],
  ['a long text among the facts', doc => void doc.getMap('facts').set('address', new Y.XmlFragment())],
  ['words among the flags', doc => doc.getText('livelihood').insert(0, 'x')],
  ['a flag of no code', doc => void doc.getMap('targetGroups').set('no code!', true)],
  ['a flag that says more', doc => void doc.getMap('targetGroups').set('young_carer', 'yes')],
  ['a field of no name', doc => void record(doc).set('residentRegistrationNumber', 'x')],
  ['a name of many pages', doc => void record(doc).set('name', '가'.repeat(61))],
  ['a relation that is none', doc => void record(doc).set('relation', 'owner')],
  ['a birth that is none', doc => void record(doc).set('birth', '1959-13')],
  ['a record under no id', doc => void doc.getMap('plan').set('x', new Y.Map())],
])('[CW4] %s is refused, and what was there stays', (_what, change) => {
  expect(verdictOn(change)).toMatchObject({ ok: false })
})

test('[CW4] what the layout names is taken, a code of an open set by its form', () => {
  const verdict = verdictOn(doc => {
    setCaseFacts(doc, { deposit: 0, housingTenure: 'jeonse', nextReview: '2027-01-01' })
    doc.getMap('targetGroups').set('own_12', true)
    members.set(doc, ID, { disability: 'own_3', birth: '1959' })
  })
  expect(verdict).toMatchObject({ ok: true })
})
