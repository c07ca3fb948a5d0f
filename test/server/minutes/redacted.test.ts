/** A redacted edition: codes and counts, everything else as hashes. Fifty things that must not be in it are put into everything that people write. */
import { expect, test } from 'vitest'
import { changeConference } from '../../../server/conferences/conference-commands.ts'
import { newId } from '../../../server/lib/random.ts'
import { createVerifier } from '../../../server/minutes/signing-key.ts'
import { must } from '../../../shared/assert.ts'
import { addAction } from '../../../shared/documents/actions-document.ts'
import { addProposal, notesOf, setLabel } from '../../../shared/documents/conference-document.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { addDecision, discussionOf, opinionOf, presentationOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import { supervisionNoteOf } from '../../../shared/documents/supervision-document.ts'
import type { ActionId, DecisionId } from '../../../shared/ids.ts'
import { verifyMinutes } from '../../../shared/minutes/verify.ts'
import { AT, minutesUnderTest } from './minutes-under-test.ts'

test('[MN15] a redacted edition verifies and holds none of fifty canaries', async () => {
  const canaries: string[] = []
  const canary = () => {
    const word = `가나리${canaries.length + 1}번-${newId().slice(0, 8)}`
    canaries.push(word)
    return word
  }
  const m = await minutesUnderTest()
  try {
    const by = m.town.leader
    const paragraphs = () => paragraphsOf(`앞 ${canary()} 뒤`)
    await m.write(m.item, doc => {
      for (let at = 0; at < 4; at++) presentationOf(doc).push(paragraphs())
      for (let at = 0; at < 4; at++) discussionOf(doc).push(paragraphs())
      for (const need of ['health', 'economy', 'safety', 'legal_rights'] as const) {
        opinionOf(doc, need, m.town.muhan).push(paragraphs())
        opinionOf(doc, need, m.town.dong).push(paragraphs())
      }
      for (let at = 0; at < 3; at++) {
        const words = { text: canary(), reason: canary(), condition: canary() }
        addDecision(doc, { id: newId<DecisionId>(), kind: 'close', by, at: AT, ...words })
      }
    })
    await m.write(documentNameOf({ kind: 'actions', caseId: m.town.caseId, zone: 'open' }), doc => {
      for (let at = 0; at < 3; at++) {
        const words = { what: canary(), rule: canary(), person: canary() }
        addAction(doc, { id: newId<ActionId>(), agencyId: m.town.muhan, by, at: AT, itemId: m.itemId, ...words })
      }
    })
    await m.write(documentNameOf({ kind: 'supervision', itemId: m.itemId }), doc =>
      supervisionNoteOf(doc).push(paragraphs()),
    )
    await m.write(documentNameOf({ kind: 'conference', conferenceId: m.conferenceId }), doc => {
      notesOf(doc).push(paragraphs())
      addProposal(doc, { id: newId(), by, at: AT, text: canary() })
      setLabel(doc, m.generalId, canary())
    })
    const found = must(await m.world.parts.conferences.find(m.conferenceId), 'conference')
    const admitted = { conference: found, facts: { ...found, conferenceId: found._id } }
    await changeConference(m.world.parts, m.world.by(by), admitted, { _v: found._v, title: canary(), place: canary() })
    await m.change({ place: canary(), onPaper: canary(), remarks: canary() })
    for (const [userId, person] of m.world.people) {
      if ([m.town.leader, m.town.co, m.town.partner].includes(userId)) person.name = canary()
    }
    await m.circulate()
    await m.sign(m.town.co, 'objected', canary(), m.leaf)
    await m.correct(canary())
    await m.circulate()
    await m.sign(m.town.leader, 'noted', canary(), m.leaf)
    while (canaries.length < 50) await m.sign(m.town.partner, 'noted', canary())
    const { publicKey } = m.parts.signer
    const verify = must(createVerifier(publicKey), 'verifier')
    const whole = JSON.stringify(await m.bundle(by))
    const told = canaries.filter(word => whole.includes(word)).length
    // The place is the one that was added afterwards, and what partner said of the common part everybody reads.
    expect(told).toBeGreaterThanOrEqual(48)
    const redacted = await m.bundle(by, { shows: (_leaf, part) => part === 'facts', hidesNames: true })
    const text = JSON.stringify(redacted)
    expect(canaries.filter(word => text.includes(word))).toEqual([])
    expect(canaries.length).toBeGreaterThanOrEqual(50)
    const report = await verifyMinutes(JSON.parse(text), publicKey, verify)
    expect(report.problems).toEqual([])
    expect(report.shown).toBe(3)
  } finally {
    await m.close()
  }
})
