/** The demo's people in Node, at the table of its live conference. */
import { DEMO_PASSWORD } from '../../server/demo/community.ts'
import { fixedId } from '../../server/demo/fixed-ids.ts'
import { LIVE_CONFERENCE } from '../../server/demo/integrated-conference.ts'
import type { ConferenceId } from '../../shared/ids.ts'
import { type Person, signIn } from './person.ts'

export const LIVE_CONFERENCE_ID = fixedId<ConferenceId>('conference', LIVE_CONFERENCE)

/** Signs in and gives the statement of the live conference: nobody of the demo has, and its items are closed without. */
export async function signInAtTable(url: string, login: string): Promise<Person> {
  const person = await signIn(url, login, DEMO_PASSWORD)
  await person.acceptStatement(LIVE_CONFERENCE_ID)
  return person
}
