/**
 * The server process is killed around a confirmation that two people press at once. The claim: what the dead process left is the reading with its
 * answers, or the confirmed record, never both or half; a press that was acknowledged is the record; and after the start the same one record
 * is on every screen.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { socketLines } from '../../client/meeting/live-line.ts'
import { MeetingLink, type MeetingPicture } from '../../client/meeting/meeting-link.ts'
import { fixedId } from '../../server/demo/fixed-ids.ts'
import { must } from '../../shared/assert.ts'
import type { ItemId } from '../../shared/ids.ts'
import type { HearingView } from '../../shared/meeting/meeting-view.ts'
import { hashOfReadBack } from '../../shared/meeting/read-back.ts'
import { type AtRest, loadColdHearing } from '../support/cold-documents.ts'
import { LIVE_CONFERENCE_ID, signInAtTable } from '../support/demo-people.ts'
import { type DureProcess, startDure } from '../support/dure-process.ts'
import { seededRandom } from '../support/seeded-random.ts'

/** A start takes seconds here, and a confirmation has fewer steps than an hour of typing: a quarter of the rounds of the other killings. */
const ROUNDS = Math.ceil(Number(process.env.ROUNDS ?? 16) / 4)
const SEED = Number(process.env.SEED ?? 20_261_124)
const ITEM = fixedId<ItemId>('item', 'saengyeon-integrated-kim')
/** About what two records of access and a write to disk take: the kill comes before, in the middle, and after. */
const KILL_WITHIN_MS = 12
const DEADLINE_MS = 60_000

let dure: DureProcess
let atRest: AtRest
let leader: MeetingLink
let minutes: MeetingLink
let council: MeetingLink

beforeAll(async () => {
  dure = await startDure({ DURE_IDLE_MINUTES: '60' })
  atRest = { keyFile: dure.keyFile, dataFolder: dure.dataFolder }
  leader = await open('saengyeon.team')
  minutes = await open('saengyeon.case')
  council = await open('council.case')
})
afterAll(async () => {
  for (const link of [leader, minutes, council]) link?.close()
  await dure?.close()
})

async function open(login: string): Promise<MeetingLink> {
  const person = await signInAtTable(dure.url, login)
  const link = new MeetingLink({
    conferenceId: LIVE_CONFERENCE_ID,
    openLine: socketLines({ serverUrl: dure.url, headers: { cookie: person.cookie, origin: dure.url } }),
    askWhyRefused: async () => 'unknown',
    random: () => 0,
  })
  link.start()
  await until(link, 'live', ({ line }) => line.phase === 'live')
  return link
}

const hearingIn = ({ view }: MeetingPicture): HearingView | undefined => view?.hearings[ITEM]

function until(link: MeetingLink, what: string, holds: (picture: MeetingPicture) => boolean): Promise<void> {
  if (holds(link.getState())) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const unsubscribe = link.subscribe(() => {
      if (!holds(link.getState())) return
      clearTimeout(timer)
      unsubscribe()
      resolve()
    })
    const timer = setTimeout(() => {
      unsubscribe()
      reject(
        new Error(`Not ${what}: ${JSON.stringify(link.getState()).slice(0, 2_000)}\n${dure.output().slice(-2_000)}`),
      )
    }, DEADLINE_MS)
  })
}

test(`[MH4] killed ${ROUNDS} times around a confirmation: confirmed everywhere or nowhere`, async () => {
  const random = seededRandom(SEED)
  const left = { nowhere: 0, everywhere: 0 }
  for (let round = 1; round <= ROUNDS; round++) {
    const opened = await leader.send('read-back.open', { itemId: ITEM })
    expect(opened).toEqual({ ok: true })
    const isRead = (picture: MeetingPicture) => hearingIn(picture)?.readBack != null
    await Promise.all([leader, minutes, council].map(link => until(link, 'reading', isRead)))
    const { readBackId, content, hash, asked } = must(hearingIn(council.getState())?.readBack, 'a read-back')
    const differs = random.chance(0.5)
    if (differs) {
      const agencyId = must(asked.at(-1), 'an agency')
      const answer = { itemId: ITEM, readBackId, hash, agencyId, position: 'abstains', words: `${round}번째` } as const
      expect(await leader.send('read-back.answer', answer)).toEqual({ ok: true })
    }

    const acknowledged: boolean[] = []
    const presses = [leader, minutes].map(link =>
      link.send('read-back.confirm', { itemId: ITEM, readBackId, hash: hashOfReadBack(content) }).then(outcome => {
        acknowledged.push(outcome.ok)
        return outcome
      }),
    )
    const isTold = until(council, 'told', picture => hearingIn(picture)?.readBack === null)
    // Chance decides at which instruction it dies; every other time it has just told somebody.
    if (round % 2 === 0) await isTold
    else await new Promise<void>(resolve => setTimeout(resolve, random.below(KILL_WITHIN_MS)))
    const wasTold = hearingIn(council.getState())?.readBack === null
    await dure.kill()
    const wasAcknowledged = acknowledged.includes(true)

    const cold = await loadColdHearing(atRest, ITEM)
    const isConfirmed = cold.confirmations.length === round
    expect(cold.confirmations.length - round).toBeOneOf([-1, 0])
    expect(cold.readBack?.readBackId).toBe(isConfirmed ? undefined : readBackId)
    if (wasAcknowledged || wasTold) expect(isConfirmed).toBe(true)
    if (!isConfirmed)
      expect(cold.readBack?.answers.map(answer => answer.words)).toEqual(differs ? [`${round}번째`] : [])
    left[isConfirmed ? 'everywhere' : 'nowhere'] += 1

    await dure.start()
    for (const link of [leader, minutes, council]) link.resume()
    // What was on its way is sent again by itself, and is the same one record.
    expect(await Promise.all(presses)).toEqual([{ ok: true }, { ok: true }])
    const isDone = (picture: MeetingPicture) => {
      const hearing = hearingIn(picture)
      return picture.line.phase === 'live' && hearing?.readBack === null && hearing.confirmed?.number === round
    }
    await Promise.all([leader, minutes, council].map(link => until(link, `confirmed as ${round}`, isDone)))
    const shown = [leader, minutes, council].map(link => hearingIn(link.getState())?.confirmed)
    for (const record of shown) {
      expect(record).toEqual(shown[0])
      expect(record?.answers.map(answer => answer.words).join('')).toBe(differs ? `${round}번째` : '')
      expect(record && hashOfReadBack(record.content)).toBe(hash)
    }
  }
  process.stdout.write(`killed around ${ROUNDS} confirmations: ${JSON.stringify(left)}\n`)
})
