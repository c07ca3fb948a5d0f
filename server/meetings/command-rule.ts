/**
 * One command of the live channel, declared whole: who may, and what it does. A command without a rule does not compile (`commands.ts`), like
 * a route without a policy. Steps are pure: they get the state as it is now and return the one that follows, or refuse.
 */

import type * as access from '../../shared/access.ts'
import type { ItemId, UserId } from '../../shared/ids.ts'
import type { ReadBackContent } from '../../shared/meeting/read-back.ts'
import type { CommandBody, CommandName } from '../../shared/protocol/live-channel.ts'
import type { OpenPoint } from '../../shared/protocol/minutes.ts'
import type { AccessKey } from '../auth/access-changes.ts'
import type { AdmittedConference, AdmittedItem } from '../conferences/admission.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import type { HearingState, MeetingState } from './meeting-state.ts'

export interface StepContext<Name extends CommandName> {
  by: By
  body: CommandBody<Name>
  admitted: AdmittedConference
  /** ISO, the server's clock. */
  now: string
  newId<T extends string>(): T
  /** When something was last confirmed in one of this meeting's items, ISO; left out when nothing was. */
  lastConfirmedAt?: string | undefined
  /** Who is connected to this meeting now. */
  online: ReadonlySet<UserId>
  /** Every item of the conference as the records are now, and whether who gives the command may open it. */
  items: ReadonlyMap<ItemId, { mayOpen: boolean }>
  /** What is still open in the whole meeting, as documents and records are at this moment. */
  openPoints(): Promise<readonly OpenPoint[]>
}

export interface HearingContext<Name extends CommandName> extends StepContext<Name> {
  item: AdmittedItem
  meeting: MeetingState
  /** The item's decisions and action items as the documents hold them at this moment. */
  readContent(): Promise<ReadBackContent>
}

interface Declared<Name extends CommandName> {
  /**
   * The question of `shared/access.ts` that is asked on the records as they are now. On a hearing the item is asked for as well: `not-found`
   * for who may not open it. `canEnterRoom` on a hearing is for a command that takes the access away itself: repeated after a crash half-way
   * it still finds the item, so the person's own recusal from it is not asked there.
   */
  policy: Extract<keyof typeof access, 'canEnterRoom' | 'canWriteForOthers' | 'canReadItem' | 'canWriteItem'>
  /** Also while the conference is not live. Left out: only live. */
  evenWhenNotLive?: true
  /** `noun.verb` in the record of access; left out: the command's own name. */
  audit?: string
  readonly name?: Name
}

export interface MeetingRule<Name extends CommandName> extends Declared<Name> {
  on: 'meeting'
  step(state: MeetingState, context: StepContext<Name>): MeetingState | Promise<MeetingState>
  /**
   * What the step does to another record, repeatable: once the step has not refused, before its state is stored. It records and announces
   * for itself (`commit.ts`).
   */
  alongside?(
    before: MeetingState,
    after: MeetingState,
    context: StepContext<Name>,
    parts: ConferenceParts,
  ): Promise<void>
  /** Keys of access that may be another after this step. */
  announces?(before: MeetingState, after: MeetingState, context: StepContext<Name>): readonly AccessKey[]
}

/** For commands whose body names an item. */
export interface HearingRule<Name extends CommandName> extends Declared<Name> {
  on: 'hearing'
  /**
   * What belongs to another record, e.g. the item's recusals; repeatable: once the step has not refused, before its state is stored. It
   * records and announces for itself (`commit.ts`).
   */
  before?(context: HearingContext<Name>, parts: ConferenceParts): Promise<void>
  step(state: HearingState, context: HearingContext<Name>): Promise<HearingState> | HearingState
}

export type CommandRule<Name extends CommandName> = MeetingRule<Name> | HearingRule<Name>
export type CommandRules = { readonly [Name in CommandName]: CommandRule<Name> }
