/** An item of the small town with its versions kept as the application keeps them, and a language to write in it. */
import type * as Y from 'yjs'
import { createLedgerRepository } from '../../../server/actions/ledger-repository.ts'
import { admitToItem } from '../../../server/conferences/admission.ts'
import { admitToVersion } from '../../../server/history/history-admission.ts'
import { nameVersion, restoreVersion } from '../../../server/history/history-commands.ts'
import { createHistoryKeeper } from '../../../server/history/history-keeper.ts'
import { listVersions, openVersion } from '../../../server/history/history-views.ts'
import { type OnMoment, withConfirmations, withOpenings, withSeals } from '../../../server/history/moments.ts'
import type { HistoryParts } from '../../../server/history/ports.ts'
import { createVersionRepository } from '../../../server/history/version-repository.ts'
import { createLog } from '../../../server/lib/log.ts'
import { newId } from '../../../server/lib/random.ts'
import { createHearingRepository } from '../../../server/meetings/hearing-repository.ts'
import { createMeetingRepository } from '../../../server/meetings/meeting-repository.ts'
import { createMinutesRepository } from '../../../server/minutes/minutes-repository.ts'
import { must } from '../../../shared/assert.ts'
import type { ConferenceRole } from '../../../shared/codes.ts'
import { documentNameOf } from '../../../shared/documents/document-names.ts'
import { discussionOf } from '../../../shared/documents/item-document.ts'
import { paragraphsOf } from '../../../shared/documents/rich-text.ts'
import { itemContentOf } from '../../../shared/history/item-content.ts'
import type { ItemVersionId } from '../../../shared/history/version-moments.ts'
import type { AgencyId, CommandId, ConferenceId, ItemId, UserId } from '../../../shared/ids.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { meet, openWorld, settle } from '../conferences/world.ts'

export async function historyUnderTest(
  options: { more?: (town: Awaited<ReturnType<typeof settle>>) => [UserId, AgencyId, ConferenceRole][] } = {},
) {
  const world = await openWorld()
  const { store, keyring } = world
  const onMoment: OnMoment = (where, moment) => parts.keeper.note(where, moment)
  world.parts.conferences = withOpenings(world.parts.conferences, onMoment)
  const clock = new FakeClock()
  const versions = createVersionRepository({ store, keyring })
  const keeper = createHistoryKeeper({ parts: world.parts, versions, clock, log: createLog({ level: 'silent' }) })
  const ledger = createLedgerRepository({ store, keyring })
  const meetings = createMeetingRepository({ store, keyring })
  const hearings = withConfirmations(createHearingRepository({ store, keyring }), onMoment)
  const minutes = withSeals(createMinutesRepository({ store, keyring }), onMoment)
  const parts: HistoryParts = { ...world.parts, versions, keeper, ledger, meetings, minutes }
  const town = await settle(world)
  const meeting = await meet(world, town, 'scheduled', { more: options.more?.(town) ?? [] })
  const item = documentNameOf({ kind: 'item', itemId: meeting.itemId })
  const actions = documentNameOf({ kind: 'actions', caseId: town.caseId, zone: 'open' })
  const where = (itemId: ItemId) => [meeting.conferenceId, itemId] as const

  return {
    world,
    town,
    parts,
    ledger,
    clock,
    hearings,
    minutes,
    ...meeting,
    item,
    actions,
    /** What was noted is taken. */
    taken: () => keeper.settled(),
    write: (document: string, change: (doc: Y.Doc) => void, userId: UserId = town.leader) =>
      world.shelf.edit(document, { behalfOf: userId }, change),
    says: (words: string) =>
      world.shelf.edit(item, { behalfOf: town.leader }, doc => discussionOf(doc).push(paragraphsOf(words))),
    content: (itemId = meeting.itemId) =>
      world.shelf
        .read(item, own => own)
        .then(async own => itemContentOf(itemId, own, [await world.shelf.read(actions, doc => doc)])),
    async list(userId: UserId, itemId = meeting.itemId) {
      const by = world.by(userId)
      return listVersions(parts, by, await admitToItem(parts, by, ...where(itemId)))
    },
    async open(userId: UserId, versionId: ItemVersionId, itemId = meeting.itemId) {
      const by = world.by(userId)
      return openVersion(parts, by, await admitToVersion(parts, by, ...where(itemId), versionId))
    },
    name: (userId: UserId, name: string, command = newId<CommandId>(), itemId = meeting.itemId) =>
      nameVersion(parts, world.by(userId), placeOf(meeting.conferenceId, itemId), { command, name }),
    restore: (userId: UserId, versionId: ItemVersionId, command = newId<CommandId>(), itemId = meeting.itemId) =>
      restoreVersion(parts, world.by(userId), { ...placeOf(meeting.conferenceId, itemId), versionId }, { command }),
    async close() {
      await keeper.close()
      await world.close()
    },
  }
}

const placeOf = (conferenceId: ConferenceId, itemId: ItemId) => ({ conferenceId, itemId })

export type HistoryUnderTest = Awaited<ReturnType<typeof historyUnderTest>>

/** The last version of that moment. */
export const lastOf = <One extends { moment: string }>(versions: readonly One[], moment: One['moment']): One =>
  must(
    versions.findLast(one => one.moment === moment),
    moment,
  )
