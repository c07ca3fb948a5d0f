/** Conferences as they are read where it matters where their minutes stand: a closed one says so (MINUTES.md MN5). */
import type { MinutesStanding } from '../../shared/codes.ts'
import type { ConferenceId } from '../../shared/ids.ts'
import type { Conference, ConferenceRepository } from './conference-repository.ts'

export function withMinutes(
  conferences: ConferenceRepository,
  standingOf: (conferenceId: ConferenceId) => Promise<MinutesStanding>,
): ConferenceRepository {
  const told = async (conference: Conference): Promise<Conference> =>
    conference.state === 'closed' ? { ...conference, minutesStanding: await standingOf(conference._id) } : conference
  return {
    ...conferences,
    async find(conferenceId) {
      const found = await conferences.find(conferenceId)
      return found && told(found)
    },
    async findMany(conferenceIds) {
      return Promise.all((await conferences.findMany(conferenceIds)).map(told))
    },
    // What comes back of a write is judged on as well.
    update: async (known, fields) => told(await conferences.update(known, fields)),
  }
}
