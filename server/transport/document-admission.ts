/**
 * Whether somebody is let into a document, decided before a socket is: who it is, whether they may, and the visit on record (접속기록: who, when,
 * from where, whose data) before a byte leaves. A document that is not there and one that is not for this person are one answer.
 */
import type { IncomingMessage } from 'node:http'
import { type DocumentRef, documentNameOf, parseDocumentName } from '../../shared/documents/document-names.ts'
import type { CaseId } from '../../shared/ids.ts'
import { Refusal, type RefusalReason } from '../../shared/protocol/refusals.ts'
import type { Audit } from '../audit/audit.ts'
import type { Authentication } from '../auth/authenticate.ts'
import type { SignedInCaller } from '../auth/caller.ts'
import { RecordedRefusal } from '../auth/recorded-refusal.ts'
import type { DocumentAccess, DocumentGrant, SignedInPerson } from '../rooms/ports.ts'
import type { SessionRefused } from '../rooms/rooms.ts'
import type { Addresses } from './addresses.ts'
import type { DenialPace } from './denial-pace.ts'

export interface AdmittedToDocument {
  person: SignedInPerson
  ref: DocumentRef
  grant: DocumentGrant
}

export interface DocumentAdmission {
  /** For an upgrade, before its 101. @throws Refusal */
  admit(request: IncomingMessage, documentName: string): Promise<AdmittedToDocument>
  /** The same question over HTTP, where a browser can read the answer; it opens nothing and is no visit. */
  check(caller: SignedInCaller, address: string, documentName: string): Promise<DocumentGrant>
  /** A session that the room ended: on record as well. */
  recordRefused(refused: SessionRefused): Promise<void>
  /** Why a socket is closed, when all that the room knows is that the grant is gone. */
  explain(person: SignedInPerson, reason: RefusalReason): Promise<RefusalReason>
}

export function createDocumentAdmission(options: {
  authentication: Authentication
  access: DocumentAccess
  audit: Audit
  addresses: Addresses
  /** When a refused upgrade is told so. */
  pace: DenialPace
  /** Whose data a document holds; undefined where it is nobody's, or there is no such document. */
  subjectOf: (ref: DocumentRef) => Promise<CaseId | undefined>
}): DocumentAdmission {
  const { authentication, access, audit, addresses, pace, subjectOf } = options
  /** Where the person of an open socket sits; the room hands the same object back. */
  const addressOf = new WeakMap<SignedInPerson, string>()

  async function grantOrRefuse(person: SignedInPerson, address: string, ref: DocumentRef): Promise<DocumentGrant> {
    const grant = await access.grantFor(person, ref)
    if (grant !== undefined) return grant
    await record('authz.deny', person, address, ref, 'not-found')
    throw new RecordedRefusal('not-found')
  }

  async function record(
    action: 'authz.deny' | 'document.open' | 'document.refuse',
    { userId, sessionId }: SignedInPerson,
    address: string,
    ref: DocumentRef,
    reason?: string,
  ): Promise<void> {
    await audit.record({
      actor: userId,
      sessionId,
      address,
      action,
      subject: await subjectOf(ref),
      object: documentNameOf(ref),
      outcome: reason === undefined ? 'ok' : 'denied',
      reason,
    })
  }

  return {
    async admit(request, documentName) {
      const address = addresses.clientAddressOf(request)
      const caller = await authentication.authenticate(request.headers.cookie, address)
      if (typeof caller === 'string') throw new Refusal(caller)
      const ref = parseDocumentName(documentName)
      if (ref === undefined) throw new Refusal('not-found')
      const person = { ...caller.person }
      const paced = pace.begin()
      try {
        const grant = await grantOrRefuse(person, address, ref)
        await record('document.open', person, address, ref)
        addressOf.set(person, address)
        return { person, ref, grant }
      } catch (error) {
        if (error instanceof Refusal && error.reason === 'not-found') await paced.denied()
        throw error
      } finally {
        paced.end()
      }
    },

    async check({ person }, address, documentName) {
      const ref = parseDocumentName(documentName)
      if (ref === undefined) throw new Refusal('not-found')
      return grantOrRefuse(person, address, ref)
    },

    recordRefused: ({ person, ref, reason, detail }) =>
      record('document.refuse', person, addressOf.get(person) ?? '', ref, detail ?? reason),

    async explain(person, reason) {
      if (reason !== 'not-found') return reason
      // Gone with the sign-in, not with the right: the screen is covered or signs in again, and nothing typed is thrown away.
      const standing = await authentication.standingOf(person)
      return typeof standing === 'string' ? standing : reason
    },
  }
}
