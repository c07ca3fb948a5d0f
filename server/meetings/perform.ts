/**
 * One command done on what is kept now: is it for this person, what does its step make of the state, and the order of every command: record of
 * access, write, announcement (`conferences/commit.ts`).
 */
import { canWriteForOthers, canWriteItem } from '../../shared/access.ts'
import { documentNameOf } from '../../shared/documents/document-names.ts'
import type { CaseId, CommandId, ItemId, UserId } from '../../shared/ids.ts'
import type { CommandBody, CommandName } from '../../shared/protocol/live-channel.ts'
import { Refusal } from '../../shared/protocol/refusals.ts'
import { RecordedRefusal } from '../auth/recorded-refusal.ts'
import { type AdmittedItem, refuse } from '../conferences/admission.ts'
import { commit } from '../conferences/commit.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import { openPointsOf } from './closing-points.ts'
import type { CommandRule, HearingRule, MeetingRule, StepContext } from './command-rule.ts'
import { COMMAND_RULES } from './commands.ts'
import { readContentOf } from './hearing-content.ts'
import { type HearingRepository, noHearing } from './hearing-repository.ts'
import type { Kept } from './kept.ts'
import { type MeetingRecords, mayOpen, mayOpenUnlessRecused } from './meeting-records.ts'
import type { MeetingRepository } from './meeting-repository.ts'
import { type HearingState, type MeetingState, withDone } from './meeting-state.ts'

/** Both kinds of record as they are stored. A command replaces what it changed. */
export interface KeptMeeting {
  meeting: Kept<MeetingState>
  hearings: Map<ItemId, Kept<HearingState>>
}

export interface Performing<Name extends CommandName> {
  parts: ConferenceParts
  meetings: MeetingRepository
  hearings: HearingRepository
  by: By
  name: Name
  body: CommandBody<Name>
  records: MeetingRecords
  kept: KeptMeeting
  online: ReadonlySet<UserId>
}

/** The write did not answer well: nobody can tell what is stored until it is read anew. */
export class NotKept extends Error {
  override name = 'NotKept'
}

/**
 * Resolves when it is stored; `kept` holds it then. A repeated command is answered and not done again (SPEC MP5).
 * @throws Refusal when it is refused: nothing was changed
 * @throws NotKept with the cause, when `kept` may not be what is stored any more
 */
export async function perform<Name extends CommandName>(asked: Performing<Name>): Promise<void> {
  const rule: CommandRule<Name> = COMMAND_RULES[asked.name]
  if (isDone(asked)) return
  try {
    if (asked.records.conference.state !== 'live' && !rule.evenWhenNotLive) {
      throw new Refusal('not-allowed', 'conference-not-live')
    }
    if (rule.on === 'meeting') await performOnMeeting(asked, rule)
    else await performOnHearing(asked, rule)
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof RecordedRefusal) throw error
    if (error.reason !== 'not-allowed' && error.reason !== 'not-found') throw error
    const about = { subject: subjectOf(asked), object: objectOf(asked), detail: error.detail ?? error.reason }
    await refuse(asked.parts, asked.by, error.reason, about)
  }
}

/** The item that a command names. */
export const itemIdOf = (body: object): ItemId | undefined =>
  'itemId' in body && typeof body.itemId === 'string' ? (body.itemId as ItemId) : undefined

function objectOf({ body, records }: Performing<CommandName>): string {
  const itemId = itemIdOf(body)
  return documentNameOf(
    itemId ? { kind: 'item', itemId } : { kind: 'conference', conferenceId: records.conference._id },
  )
}

/** Whose data it is about: the case of the item that it names. */
function subjectOf({ body, records }: Performing<CommandName>): CaseId | undefined {
  const itemId = itemIdOf(body)
  return (itemId && records.items.get(itemId)?.item.caseId) || undefined
}

/** Only who sent it knows its id, so this may be answered before anything else is asked. */
function isDone({ kept, body }: Performing<CommandName>): boolean {
  const { commandId }: { commandId: CommandId } = body
  const itemId = itemIdOf(body)
  const inHearing = itemId !== undefined && kept.hearings.get(itemId)?.state.done.includes(commandId)
  return inHearing || kept.meeting.state.done.includes(commandId)
}

function contextOf<Name extends CommandName>(asked: Performing<Name>): StepContext<Name> {
  const { parts, by, body, records, kept, online } = asked
  const items = [...records.items].map(([itemId, item]) => [itemId, { mayOpen: mayOpen(by.actor, item) }] as const)
  return {
    by,
    body,
    admitted: records,
    now: new Date(parts.now()).toISOString(),
    newId: parts.newId,
    lastConfirmedAt: lastConfirmation(kept),
    online,
    items: new Map(items),
    openPoints: () => openPointsOf({ parts, records, meeting: kept.meeting.state, hearings: kept.hearings }),
  }
}

function lastConfirmation({ hearings }: KeptMeeting): string | undefined {
  const latest = [...hearings.values()].map(({ state }) => state.confirmations.at(-1)?.confirmedAt)
  return latest
    .filter(at => at !== undefined)
    .sort()
    .at(-1)
}

async function performOnMeeting<Name extends CommandName>(
  asked: Performing<Name>,
  rule: MeetingRule<Name>,
): Promise<void> {
  const { parts, by, name, body, records, kept, meetings } = asked
  if (rule.policy === 'canWriteForOthers' && !canWriteForOthers(by.actor, records.facts)) {
    throw new Refusal('not-allowed')
  }
  const context = contextOf(asked)
  const before = kept.meeting.state
  const after = await rule.step(before, context)
  const { _id: conferenceId } = records.conference
  await committed(asked, {
    action: rule.audit ?? name,
    subject: subjectOf(asked),
    async write() {
      await rule.alongside?.(before, after, context, parts)
      kept.meeting = await meetings.store(conferenceId, kept.meeting, withDone(after, body.commandId))
    },
    announces: () => rule.announces?.(before, after, context) ?? [],
  })
}

async function performOnHearing<Name extends CommandName>(
  asked: Performing<Name>,
  rule: HearingRule<Name>,
): Promise<void> {
  const { parts, name, body, kept, hearings } = asked
  const item = await admittedItem(asked, rule)
  const { _id: itemId, conferenceId } = item.item
  const known = kept.hearings.get(itemId) ?? noHearing()
  const context = {
    ...contextOf(asked),
    item,
    meeting: kept.meeting.state,
    readContent: () => readContentOf(parts, item),
  }
  const after = await rule.step(known.state, context)
  await committed(asked, {
    action: rule.audit ?? name,
    subject: item.item.caseId ?? undefined,
    async write() {
      await rule.before?.(context, parts)
      kept.hearings.set(itemId, await hearings.store({ conferenceId, itemId }, known, withDone(after, body.commandId)))
    },
    announces: () => [],
  })
}

/** The item that the command names, for who may open it: `not-found` for others as for one that is not there. @throws Refusal */
async function admittedItem<Name extends CommandName>(
  asked: Performing<Name>,
  rule: HearingRule<Name>,
): Promise<AdmittedItem> {
  const { parts, by, body, records } = asked
  const itemId = itemIdOf(body)
  const item = itemId && records.items.get(itemId)
  const isOpen = rule.policy === 'canEnterRoom' ? mayOpenUnlessRecused : mayOpen
  if (item && isOpen(by.actor, item)) {
    const may =
      (rule.policy !== 'canWriteForOthers' || canWriteForOthers(by.actor, item.facts)) &&
      (rule.policy !== 'canWriteItem' || canWriteItem(by.actor, item.facts, item.itemFacts, item.ofCase?.facts))
    if (!may) throw new Refusal('not-allowed')
    return item
  }
  return refuse(parts, by, 'not-found', { subject: item?.item.caseId ?? undefined, object: objectOf(asked) })
}

async function committed(
  asked: Performing<CommandName>,
  { write, ...about }: Omit<Parameters<typeof commit<void>>[2], 'object' | 'reason'>,
): Promise<void> {
  let hasBegun = false
  try {
    await commit(asked.parts, asked.by, {
      ...about,
      object: objectOf(asked),
      write() {
        hasBegun = true
        return write()
      },
    })
  } catch (cause) {
    throw hasBegun ? new NotKept('The state may be another now', { cause }) : cause
  }
}
