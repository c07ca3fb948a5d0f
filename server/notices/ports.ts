/** What notices are made from beside what action items stand on. The composition root brings it together. */
import type { Actor } from '../../shared/access.ts'
import type { UserId } from '../../shared/ids.ts'
import type { ActionParts } from '../actions/ports.ts'
import type { PeopleDirectory } from '../conferences/ports.ts'
import type { MinutesRepository } from '../minutes/minutes-repository.ts'
import type { Store } from '../storage/port.ts'
import type { NoticeRepository } from './notice-repository.ts'
import type { SettingsRepository } from './settings-repository.ts'

export interface NoticeParts extends ActionParts {
  notices: NoticeRepository
  settings: SettingsRepository
  minutes: Pick<MinutesRepository, 'find'>
  /** Read in clear, to find what may have to be looked at. */
  store: Pick<Store, 'collection'>
  /** A keyed mark of a text, to see that it changed without keeping it. */
  markOf(text: string): string
}

/** The person as they could act now; undefined for a guest, for somebody unknown, and for who was switched off. */
export async function actorOf(people: PeopleDirectory, userId: UserId): Promise<Actor | undefined> {
  const person = await people.person(userId)
  if (!person?.active) return undefined
  const memberships = await Promise.all(
    person.memberships.map(async membership => {
      const agency = await people.agency(membership.agencyId)
      return agency?.active ? [membership] : []
    }),
  )
  return { userId, operator: false, memberships: memberships.flat() }
}
