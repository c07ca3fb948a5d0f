/**
 * What search looks into is what opens for the person, and nothing is left out: for towns made by chance, with recusals, narrowed clearances, statements
 * that were not accepted and cases whose agencies changed, the documents of each person's reach are those that both the conference's door and the
 * document's own open.
 */
import { expect, test } from 'vitest'
import { conferenceFactsOf } from '../../../server/conferences/facts.ts'
import { readReach } from '../../../server/search/reach.ts'
import { documentsOf } from '../../../server/search/search.ts'
import { canReadConference } from '../../../shared/access.ts'
import { type DocumentRef, documentNameOf, parseDocumentName } from '../../../shared/documents/document-names.ts'
import type { UserId } from '../../../shared/ids.ts'
import { seededRandom, seedsToRun } from '../../support/seeded-random.ts'
import { townByChance } from '../conferences/town-by-chance.ts'
import { openWorld, type World } from '../conferences/world.ts'

/** Whether the door of the conference is open as well, through which every screen goes to its items. */
async function isBehindOpenDoor(world: World, userId: UserId, ref: DocumentRef): Promise<boolean> {
  const itemId = ref.kind === 'item' ? ref.itemId : undefined
  const item = itemId && (await world.parts.items.find(itemId))
  const conferenceId = ref.kind === 'conference' ? ref.conferenceId : item?.conferenceId
  const conference = conferenceId && (await world.parts.conferences.find(conferenceId))
  return !conference || canReadConference(world.by(userId).actor, conferenceFactsOf(conference))
}

test('[SQ6] for every person the documents that are searched are those that open', async () => {
  let opened = 0
  let closed = 0
  for (const seed of seedsToRun(25)) {
    const world = await openWorld()
    try {
      const random = seededRandom(seed)
      const { people, names } = await townByChance(world, random)
      for (const userId of people) {
        const reach = await readReach(world.parts, world.by(userId).actor)
        const searched = new Set(documentsOf(reach))
        for (const document of searched) {
          const ref = parseDocumentName(document)
          expect(ref && (await world.grant(userId, ref)), `SEED=${seed} ${userId} ${document}`).toBeDefined()
          opened++
        }
        for (const ref of names) {
          if (searched.has(documentNameOf(ref))) continue
          closed++
          // Through a conference that may be entered: a statement still to be accepted keeps its document out of search, not out of the room.
          if (ref.kind !== 'item' || !(await isBehindOpenDoor(world, userId, ref))) continue
          expect(await world.grant(userId, ref), `SEED=${seed} ${userId} ${documentNameOf(ref)}`).toBeUndefined()
        }
      }
    } finally {
      await world.close()
    }
  }
  expect(Math.min(opened, closed)).toBeGreaterThan(20)
})
