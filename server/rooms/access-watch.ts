/**
 * Access is re-checked, not remembered. Everything a grant rests on has a key; when a key is announced as changed, every session that depends
 * on it is held within the same call, and its grant is asked again (SPEC AX). The room says what holding and answering mean.
 */
import type { DocumentRef } from '../../shared/documents/document-names.ts'
import type { Log } from '../lib/log.ts'
import type { Clock, DocumentAccess, DocumentGrant, SignedInPerson } from './ports.ts'

/** `unknown`: access cannot be told now. */
export type AccessAnswer = DocumentGrant | undefined | 'unknown'

export interface Watched {
  readonly person: SignedInPerson
  readonly ref: DocumentRef
  /** Called at once, before the announcement returns. */
  hold(): void
  answer(answer: AccessAnswer): void
}

/** Remembers what changed since it was made, for the time between asking for a grant and depending on it. */
export interface AccessMark {
  hasChanged(keys: readonly string[]): boolean
  end(): void
}

interface Followed {
  watched: Watched
  keys: readonly string[]
  /** Which asking is the current one; an older one's answer is dropped. */
  round: number
  stopDeadline: (() => void) | undefined
}

/** A change while asking makes the answer stale; after so many in a row the session is told to come back. */
const MAX_ROUNDS = 5

export class AccessWatch {
  readonly #access: DocumentAccess
  readonly #clock: Clock
  readonly #log: Log
  readonly #deadlineMs: number
  readonly #byKey = new Map<string, Set<Followed>>()
  readonly #marks = new Set<Set<string>>()
  readonly #stop: () => void

  constructor(options: { access: DocumentAccess; clock: Clock; log: Log; deadlineMs: number }) {
    this.#access = options.access
    this.#clock = options.clock
    this.#log = options.log
    this.#deadlineMs = options.deadlineMs
    this.#stop = this.#access.onChange(keys => this.#changed(keys))
  }

  mark(): AccessMark {
    const changed = new Set<string>()
    this.#marks.add(changed)
    return {
      hasChanged: keys => keys.some(key => changed.has(key)),
      end: () => this.#marks.delete(changed),
    }
  }

  /** Follows a session from now on. A mark made before its grant was asked for closes the gap between. Returns its stopper. */
  follow(watched: Watched, grant: DocumentGrant, since?: AccessMark): () => void {
    const followed: Followed = { watched, keys: [], round: 0, stopDeadline: undefined }
    this.#index(followed, grant.dependsOn)
    if (since?.hasChanged(grant.dependsOn)) {
      watched.hold()
      this.#ask(followed)
    }
    return () => {
      followed.round = -1
      followed.stopDeadline?.()
      this.#index(followed, [])
    }
  }

  close(): void {
    this.#stop()
    this.#byKey.clear()
    this.#marks.clear()
  }

  #changed(keys: readonly string[]): void {
    for (const mark of this.#marks) for (const key of keys) mark.add(key)
    const affected = new Set<Followed>()
    for (const key of keys) for (const followed of this.#byKey.get(key) ?? []) affected.add(followed)
    // First everybody is held, then anybody is asked for: nothing may pass between two of them.
    for (const followed of affected) followed.watched.hold()
    for (const followed of affected) this.#ask(followed)
  }

  #ask(followed: Followed): void {
    if (followed.round < 0) return
    const round = ++followed.round
    const { watched } = followed
    const settle = (answer: AccessAnswer) => {
      // Stopped, or asked again since.
      if (followed.round !== round) return
      followed.stopDeadline?.()
      followed.stopDeadline = undefined
      followed.round++
      if (answer !== undefined && answer !== 'unknown') this.#index(followed, answer.dependsOn)
      watched.answer(answer)
    }
    // The deadline runs from the first change: further ones while asking do not extend it.
    followed.stopDeadline ??= this.#clock.after(this.#deadlineMs, () => {
      followed.stopDeadline = undefined
      if (followed.round < 0) return
      followed.round++
      watched.answer('unknown')
    })
    this.#grantNow(watched).then(settle, (error: unknown) => {
      this.#log.warn({ err: error, userId: watched.person.userId }, 'access cannot be told')
      settle('unknown')
    })
  }

  async #grantNow({ person, ref }: Watched): Promise<AccessAnswer> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const mark = this.mark()
      try {
        const grant = await this.#access.grantFor(person, ref)
        if (grant === undefined || !mark.hasChanged(grant.dependsOn)) return grant
      } finally {
        mark.end()
      }
    }
    return 'unknown'
  }

  #index(followed: Followed, keys: readonly string[]): void {
    for (const key of followed.keys) {
      const set = this.#byKey.get(key)
      set?.delete(followed)
      if (set?.size === 0) this.#byKey.delete(key)
    }
    followed.keys = keys
    for (const key of keys) {
      const set = this.#byKey.get(key) ?? new Set()
      set.add(followed)
      this.#byKey.set(key, set)
    }
  }
}
