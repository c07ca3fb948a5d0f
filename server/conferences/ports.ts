/**
 * What cases and conferences need from outside, declared by them. `people/` answers the directory, `auth/` the sign-in and the announcing of
 * changes, `rooms/` everything that concerns documents; the composition root brings them together as {@link ConferenceParts}.
 */
import type * as Y from 'yjs'
import type { Actor, ConferenceFacts, Membership } from '../../shared/access.ts'
import type { AgencyId, ConferenceId, ItemId, SessionId, UserId } from '../../shared/ids.ts'
import type { AuditEntry } from '../audit/audit.ts'
import type { AccessChanges } from '../auth/access-changes.ts'
import type { AgreementRepository } from '../bases/agreement-repository.ts'
import type { BasisRepository } from '../bases/basis-repository.ts'
import type { DisclosureRepository } from '../bases/disclosure-repository.ts'
import type { SignedInPerson } from '../rooms/ports.ts'
import type { Suspensions } from '../subject-requests/suspensions.ts'
import type { ActionRepository } from './action-repository.ts'
import type { CaseRepository } from './case-repository.ts'
import type { ConferenceRepository } from './conference-repository.ts'
import type { ItemRepository } from './item-repository.ts'
import type { StatementRepository } from './statement-repository.ts'

/** Who gives a command: the facts of the sign-in as they are now, and what the record of access needs. */
export interface By {
  actor: Actor
  sessionId?: SessionId | undefined
  address: string
}

export interface DirectoryPerson {
  userId: UserId
  name: string
  /** Post as people say it, e.g. `학교사회복지사`; told of guests alone. */
  title?: string
  active: boolean
  memberships: readonly Membership[]
}

export interface DirectoryAgency {
  agencyId: AgencyId
  name: string
  shortName: string
  public: boolean
  /** 0–11, an index into the agency colours. */
  colour: number
  active: boolean
}

/** Names and memberships. Undefined where there is no such person or agency. */
export interface PeopleDirectory {
  person(userId: UserId): Promise<DirectoryPerson | undefined>
  agency(agencyId: AgencyId): Promise<DirectoryAgency | undefined>
}

/** The actor behind a session as it is now; undefined once the session is over or locked, or the account was switched off. */
export interface SignIns {
  actorOf(person: SignedInPerson): Promise<Actor | undefined>
}

export interface AuditTrail {
  /** Durable when it resolves. */
  record(entry: AuditEntry): Promise<void>
}

export type NoticeTopic = 'conference' | 'item' | 'case' | 'actions'

/** The documents' contents, wherever they are now: in a room's memory or at rest. */
export interface DocumentDesk {
  /** Looks into a document without changing it, knowing whose client ids are whose. Both are only lent: nothing of them may be kept. */
  read<T>(document: string, look: (doc: Y.Doc, writers: ReadonlyMap<number, UserId>) => T): Promise<T>
  /**
   * Changes a document as the server's own writer on behalf of a person: checked, logged and relayed like any other update.
   * Resolves when the change is logged. A change that changes nothing is no error.
   */
  edit(document: string, on: { behalfOf: UserId }, change: (doc: Y.Doc) => void): Promise<void>
  /** Whether anything was ever written into it. */
  hasContent(document: string): Promise<boolean>
  /** Tells the people in a document that records beside it changed. Carries no content. */
  notify(document: string, topic: NoticeTopic): void
  /** Whether a person is in it now. */
  isIn(userId: UserId, document: string): boolean
}

/** The lines of a conference's agenda, which live in its document. Both calls may be repeated. */
export interface ConferenceAgenda {
  put(conferenceId: ConferenceId, itemId: ItemId, entry: AgendaLine, behalfOf: UserId): Promise<void>
  remove(conferenceId: ConferenceId, itemId: ItemId, behalfOf: UserId): Promise<void>
}

export interface AgendaLine {
  minutes: number
  /** Neutral words for a general item; empty for a case item, whose label only the cleared may read. */
  label: string
  /** The item behind which it goes; left out, or no longer there: to the end. */
  after?: ItemId | undefined
  /** It goes before everything else. */
  isFirst?: boolean
}

/** A running meeting at the moment at which its turn came. */
export interface MeetingAtTurn {
  /** Whether this person conducts it now: the chair or the minute-taker; while nobody has led yet, whoever may change the conference. */
  leads(by: By, facts: ConferenceFacts): boolean
  /** Where it is. */
  at: ItemId | null
}

/** The order in which a meeting's commands are done. What changes its agenda, or who may open what, stands in the same line (meetings/SPEC MI1). */
export interface MeetingOrder {
  /** Runs `work` in its turn: nothing of this conference's meeting happens beside it. */
  inTurn<T>(conferenceId: ConferenceId, work: (meeting: MeetingAtTurn) => Promise<T>): Promise<T>
}

/** What is known without any room: enough to say who may open which document. */
export interface ConferenceRecords {
  cases: CaseRepository
  conferences: ConferenceRepository
  items: ItemRepository
  actions: ActionRepository
  statements: StatementRepository
  /** By what right agencies may know of cases; `cases` reads each case with it (`bases/with-grounds.ts`). */
  bases: BasisRepository
  agreements: AgreementRepository
  disclosures: DisclosureRepository
  /** Cases of which nothing new is given to others (`subject-requests/suspensions.ts`). */
  suspensions: Suspensions
  people: PeopleDirectory
  changes: AccessChanges
}

/** Everything that the commands and views of this folder work with. */
export interface ConferenceParts extends ConferenceRecords {
  audit: AuditTrail
  agenda: ConferenceAgenda
  documents: DocumentDesk
  /** Whether the meeting has done anything in an item that no document holds: read it back, let somebody step out, put cards on it. */
  isHeard?: (itemId: ItemId) => Promise<boolean>
  newId: <T extends string>() => T
  now: () => number
}
