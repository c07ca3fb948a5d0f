/**
 * Hears what may have to be told: a conference that was changed, whose minutes moved on, or a ledger in which something was written. Says only
 * which one; what of it is news is for the look (`telling.ts`) to find out. Whoever listens comes later than those who are heard.
 */
import { parseDocumentName } from '../../shared/documents/document-names.ts'
import { type CaseId, type ConferenceId, parseId, type UserId } from '../../shared/ids.ts'
import type { LedgerRepository } from '../actions/ledger-repository.ts'
import type { AccessChanges } from '../auth/access-changes.ts'
import type { AuditTrail, DocumentDesk } from '../conferences/ports.ts'

export interface Heard {
  conference(conferenceId: ConferenceId): void
  /** A command changed this case's head or life. */
  case(caseId: CaseId): void
  /** A command moved something in this ledger. */
  ledger(document: string): void
  /** Words were written in it. */
  words(document: string): void
}

/** What is recorded of those who change a conference. */
const CHANGES: readonly string[] = ['conference.create', 'conference.change', 'conference.move', 'conference.delete']

export class Hearing {
  #listener: Heard | undefined
  /** Who did something to a conference since it was last looked at. */
  readonly #doers = new Map<ConferenceId, Set<UserId>>()

  listen(listener: Heard): void {
    this.#listener = listener
  }

  /** The same trail; what somebody did to a conference is theirs. */
  audit(audit: AuditTrail): AuditTrail {
    return {
      record: entry => {
        const { action, object = '', outcome } = entry
        const ref = CHANGES.includes(action) && outcome === 'ok' ? parseDocumentName(object) : undefined
        if (ref?.kind === 'conference' && entry.actor !== null) {
          this.#doers.set(ref.conferenceId, (this.#doers.get(ref.conferenceId) ?? new Set()).add(entry.actor))
        }
        return audit.record(entry)
      },
    }
  }

  /** Who alone changed it since it was told; undefined where it was several, or nobody knows. */
  doerOf(conferenceId: ConferenceId): UserId | undefined {
    const doers = [...(this.#doers.get(conferenceId) ?? [])]
    return doers.length === 1 ? doers[0] : undefined
  }

  /** What was done to it is told. */
  told(conferenceId: ConferenceId): void {
    this.#doers.delete(conferenceId)
  }

  /** The same desk; what it tells the people in a document is heard here as well. */
  desk(desk: DocumentDesk): DocumentDesk {
    return {
      read: (document, look) => desk.read(document, look),
      edit: (document, on, change) => desk.edit(document, on, change),
      hasContent: document => desk.hasContent(document),
      isIn: (userId, document) => desk.isIn(userId, document),
      notify: (document, topic) => {
        desk.notify(document, topic)
        const ref = topic === 'conference' || topic === 'case' ? parseDocumentName(document) : undefined
        if (ref?.kind === 'conference') this.#listener?.conference(ref.conferenceId)
        if (ref?.kind === 'case') this.#listener?.case(ref.caseId)
      },
    }
  }

  /** The same ledgers; every move is heard when it is written. */
  ledger(ledger: LedgerRepository): LedgerRepository {
    return {
      ...ledger,
      write: async (next, options) => {
        await ledger.write(next, options)
        this.#listener?.ledger(next.document)
      },
    }
  }

  /** Something was logged in this document. */
  written(document: string): void {
    if (document.startsWith('actions.') || document.startsWith('conference.')) this.#listener?.words(document)
  }

  /** Conferences that were made, given up, or whose people are others. Returns its stopper. */
  changes(changes: Pick<AccessChanges, 'onChange'>): () => void {
    return changes.onChange(keys => {
      for (const key of keys) {
        const conferenceId = key.startsWith('conference:') ? parseId<ConferenceId>(key.slice(11)) : undefined
        if (conferenceId) this.#listener?.conference(conferenceId)
      }
    })
  }
}
