/** The small town of the conferences' tests, with the life of its case: decisions confirmed in its meetings, moves and answers of its people. */
import { answerInLife } from '../../../server/case-life/joint.ts'
import { admitToWriteCase } from '../../../server/case-life/life-admission.ts'
import { changeLife } from '../../../server/case-life/life-commands.ts'
import { lifeView, openLife } from '../../../server/case-life/life-views.ts'
import type { LifeParts, PlanStanding } from '../../../server/case-life/ports.ts'
import { createCodeSetRepository } from '../../../server/code-sets/code-set-repository.ts'
import { createCodeSets } from '../../../server/code-sets/code-sets.ts'
import { admitToCase, admitToChangeCase } from '../../../server/conferences/admission.ts'
import { newId } from '../../../server/lib/random.ts'
import { readContentOf } from '../../../server/meetings/hearing-content.ts'
import { createHearingRepository } from '../../../server/meetings/hearing-repository.ts'
import { must } from '../../../shared/assert.ts'
import type { CodeEntry } from '../../../shared/code-sets/code-sets.ts'
import type { CodeSetName } from '../../../shared/code-sets/shipped.ts'
import type { DecisionKind } from '../../../shared/codes.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { addDecision } from '../../../shared/documents/item-document.ts'
import type { CaseId, DecisionId, ReadBackId, UserId } from '../../../shared/ids.ts'
import { hashOfReadBack } from '../../../shared/meeting/read-back.ts'
import {
  type CaseLifeAnswerInput,
  type CaseLifeInput,
  type CaseLifeView,
  caseLifeAnswerBody,
  caseLifeBody,
} from '../../../shared/protocol/case-life.ts'
import type { Meeting, Town, World } from '../conferences/world.ts'

type Command<Body = CaseLifeInput> = Body extends unknown ? Omit<Body, '_v'> & { _v?: number } : never

export function withLife(world: World, town: Town, caseId: CaseId = town.caseId) {
  const hearings = createHearingRepository({ store: world.store, keyring: world.keyring })
  let plan: PlanStanding = { hasPlan: false, faults: [], goals: [] }
  const codeSetVersions = createCodeSetRepository({ store: world.store, keyring: world.keyring })
  const codeSets = createCodeSets(codeSetVersions)
  const parts: LifeParts = { ...world.parts, hearings, planOf: async () => plan, codeSets }

  async function view(who: UserId): Promise<CaseLifeView> {
    const by = world.by(who)
    return openLife(parts, by, await admitToCase(parts, by, caseId))
  }

  return {
    parts,
    view,
    /** The next version of a set, with a code of the installation's own. */
    async publishes(set: CodeSetName, entry: CodeEntry): Promise<void> {
      const before = (await codeSets.now()).current(set)
      const by = town.leader
      const entries = [...before.entries, entry]
      await codeSetVersions.add({
        set,
        version: before.version + 1,
        entries,
        reason: '지침',
        by,
        at: new Date(parts.now()),
      })
    },
    plans(next: Partial<PlanStanding>) {
      plan = { ...plan, ...next }
    },
    /** Gives a command as it comes over HTTP, on the version that is stored now unless it says another. */
    async tell(who: UserId, command: Command): Promise<CaseLifeView> {
      const by = world.by(who)
      const admitted = await admitToChangeCase(parts, by, caseId)
      const body = caseLifeBody.parse({ _v: admitted.file._v, ...command })
      return lifeView(parts, by, await changeLife(parts, by, admitted, body))
    },
    async answer(who: UserId, command: CaseLifeAnswerInput): Promise<CaseLifeView> {
      const by = world.by(who)
      const admitted = await admitToWriteCase(parts, by, caseId)
      return lifeView(parts, by, await answerInLife(parts, by, admitted, caseLifeAnswerBody.parse(command)))
    },
    /** Writes a decision into the meeting's item, as somebody in the room does. */
    async writes(meeting: Meeting, kind: DecisionKind): Promise<DecisionId> {
      const id = newId<DecisionId>()
      await world.shelf.edit(documentNameOf({ kind: 'item', itemId: meeting.itemId }), { behalfOf: town.leader }, doc =>
        addDecision(doc, { id, kind, by: town.leader, at: new Date(parts.now()).toISOString(), text: '결정합니다' }),
      )
      return id
    },
    /** Reads the item back and has it confirmed. */
    async confirms({ conferenceId, itemId }: Meeting): Promise<void> {
      const item = must(await parts.items.find(itemId), 'the item')
      const file = must(await parts.cases.find(caseId), 'the case')
      const content = await readContentOf(parts, { item, ofCase: { file, facts: { ...EMPTY_FACTS, caseId } } })
      const known = await hearings.find(itemId)
      const confirmation = {
        number: known.state.confirmations.length + 1,
        readBackId: newId<ReadBackId>(),
        content,
        hash: hashOfReadBack(content),
        answers: [],
        confirmedAt: new Date(parts.now()).toISOString(),
        confirmedBy: 'leader',
      }
      await hearings.store({ conferenceId, itemId }, known, {
        ...known.state,
        confirmations: [...known.state.confirmations, confirmation],
      })
    },
  }
}

const EMPTY_FACTS = { agencies: [], workers: [], recusals: [], grounded: [] }

export type Life = ReturnType<typeof withLife>

export const CLOSURE: Extract<Command, { do: 'closure' }> = {
  do: 'closure',
  reasons: ['situation_improved'],
  result: 'close',
  goals: [{ term: 'long_term', words: '빚 정리', result: 'reached' }],
  opinion: '주거와 건강이 안정되었습니다.',
  changes: '통원 치료를 이어 갑니다.',
  aftercareNote: '두 달 뒤 방문',
}
