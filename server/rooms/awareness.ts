/**
 * Who is where in a document, decided by the server (SPEC AW). A client tells where it is; who it is comes from its session's grant. Clocks on
 * the way out are the server's own and rise with the time of day, so that a stock client, which remembers the highest clock it ever saw of a
 * client id, believes us again after a reload of the room or a restart. Clocks on the way in say nothing that the order of a socket's frames does
 * not say already, so a poisoned one poisons nothing.
 *
 * Stock clients repeat to the server whatever they heard of others. An echo must neither bring back somebody who left nor, between two tabs of one
 * person, go round for ever; so a session speaks for the client id of its first word, which is its own, and later only for that and for ids that
 * nobody was ever present under. An id that somebody was present under stays that user's for the life of the room.
 */
import * as decoding from 'lib0/decoding'
import type { UserId } from '../../shared/ids.ts'
import {
  agencyColour,
  MAX_FIELD_LENGTH,
  type PlaceInText,
  type PresenceState,
  type Whereabouts,
} from '../../shared/protocol/presence.ts'
import type { AwarenessEntry } from '../../shared/protocol/sync-frames.ts'
import type { PresenceIdentity } from './ports.ts'

/** What presence needs to know of a session. */
export interface Speaker {
  readonly identity: PresenceIdentity
}

interface Shown<S> {
  speaker: S
  whereabouts: Whereabouts
  saidAt: number
}

/** JSON of one state; a cursor takes about 300 characters. */
const MAX_STATE_CHARS = 4096
/** Root names are short words or `opinion:<need>:<agency id>`. */
const MAX_ROOT_NAME = 80

export class Awareness<S extends Speaker> {
  readonly #shown = new Map<number, Shown<S>>()
  readonly #clocks = new Map<number, number>()
  readonly #claims = new Map<number, UserId>()
  /** The ids each session has spoken for. */
  readonly #voices = new Map<S, Set<number>>()
  readonly #owners: () => ReadonlyMap<number, UserId>
  readonly #maxPerSession: number
  /** Client ids whose line has to be told anew, with who must not hear it: the one it is about. */
  readonly #changed = new Map<number, S | undefined>()

  constructor(options: { owners: () => ReadonlyMap<number, UserId>; maxPerSession: number }) {
    this.#owners = options.owners
    this.#maxPerSession = options.maxPerSession
  }

  get hasNews(): boolean {
    return this.#changed.size > 0
  }

  /** Whose a client id is by presence alone; the log's owners come first. */
  claimedBy(client: number): UserId | undefined {
    return this.#claims.get(client)
  }

  /** Takes what a session says of itself. False when the message is malformed; words about others are dropped in silence. */
  hear(speaker: S, entries: Uint8Array, now: number): boolean {
    const said = readEntries(entries)
    if (said === undefined) return false
    for (const { client, json } of said) this.#hearOne(speaker, client, json, now)
    return true
  }

  #hearOne(speaker: S, client: number, json: string, now: number): void {
    if (!this.#mayUse(speaker, client)) return
    const shown = this.#shown.get(client)
    if (json === 'null') {
      if (shown?.speaker === speaker) this.#remove(client)
      return
    }
    if (json.length > MAX_STATE_CHARS) return
    const whereabouts = parseWhereabouts(json)
    if (whereabouts === undefined) return
    const voice = this.#voices.get(speaker) ?? new Set()
    // A tab that shows nothing of itself has no first word of its own: what it repeats of its person's other tab is not one (AW8).
    if (!voice.has(client) && isRepeated(json)) return
    if (!voice.has(client) && voice.size >= this.#maxPerSession) return
    this.#voices.set(speaker, voice.add(client))
    this.#claims.set(client, speaker.identity.userId)
    // The same user on a second socket under the same client id is a client that came back before its old socket was noticed to be dead.
    this.#shown.set(client, { speaker, whereabouts, saidAt: now })
    this.#changed.set(client, speaker)
  }

  #mayUse(speaker: S, client: number): boolean {
    const voice = this.#voices.get(speaker)
    if (voice?.has(client)) return true
    const claimedBy = this.#claims.get(client)
    const owner = this.#owners().get(client) ?? claimedBy
    if (owner !== undefined && owner !== speaker.identity.userId) return false
    return voice === undefined || claimedBy === undefined
  }

  /** Removes what a session showed. */
  leave(speaker: S): void {
    for (const [client, shown] of this.#shown) if (shown.speaker === speaker) this.#remove(client)
    this.#voices.delete(speaker)
  }

  /** Tells a session's lines again, after its identity changed. */
  repeat(speaker: S): void {
    for (const [client, shown] of this.#shown) if (shown.speaker === speaker) this.#changed.set(client, speaker)
  }

  /** Removes what was not repeated since `silentSince`. */
  sweep(silentSince: number): void {
    for (const [client, shown] of this.#shown) if (shown.saidAt <= silentSince) this.#remove(client)
  }

  /** What has to be told since the last call, and to whom not. */
  takeNews(now: number): { entry: AwarenessEntry; about: S | undefined }[] {
    const news = [...this.#changed].map(([client, about]) => ({ entry: this.#line(client, now), about }))
    this.#changed.clear()
    return news
  }

  /** Everybody who is there but the one who asks. */
  othersThan(speaker: S, now: number): AwarenessEntry[] {
    const entries: AwarenessEntry[] = []
    for (const [client, shown] of this.#shown) if (shown.speaker !== speaker) entries.push(this.#line(client, now))
    return entries
  }

  #line(client: number, now: number): AwarenessEntry {
    const clock = Math.max((this.#clocks.get(client) ?? 0) + 1, Math.floor(now))
    this.#clocks.set(client, clock)
    const shown = this.#shown.get(client)
    return { client, clock, state: shown && stateOf(shown.speaker.identity, shown.whereabouts) }
  }

  #remove(client: number): void {
    const speaker = this.#shown.get(client)?.speaker
    if (this.#shown.delete(client)) this.#changed.set(client, speaker)
  }
}

function stateOf(identity: PresenceIdentity, whereabouts: Whereabouts): PresenceState {
  const color = agencyColour(identity.colour)
  const { userId: id, name, agencyId, agencyName, mode } = identity
  return { user: { id, name, agencyId, agencyName, color, colorLight: `${color}33`, mode }, ...whereabouts }
}

/** Splits an awareness message without reading the states: only the speaker's own will be. */
function readEntries(bytes: Uint8Array): { client: number; json: string }[] | undefined {
  try {
    const decoder = decoding.createDecoder(bytes)
    const entries: { client: number; json: string }[] = []
    // No allocation by the claimed count: each turn reads at least three bytes or throws.
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const client = decoding.readVarUint(decoder)
      decoding.readVarUint(decoder)
      entries.push({ client, json: decoding.readVarString(decoder) })
    }
    return decoding.hasContent(decoder) ? undefined : entries
  } catch {
    // Cut short or out of range: not an awareness message.
    return undefined
  }
}

/** What is taken from a client's state; undefined when it is no object. Unknown and ill-formed parts are left out. */
export function parseWhereabouts(json: string): Whereabouts | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  if (!isObject(value)) return undefined
  const whereabouts: Whereabouts = {}
  if (value.cursor === null) whereabouts.cursor = null
  if (isObject(value.cursor)) {
    const anchor = placeOf(value.cursor.anchor)
    const head = placeOf(value.cursor.head)
    if (anchor && head) whereabouts.cursor = { anchor, head }
  }
  if (typeof value.field === 'string' && value.field.length <= MAX_FIELD_LENGTH) whereabouts.field = value.field
  if (typeof value.typing === 'boolean') whereabouts.typing = value.typing
  return whereabouts
}

/** Whether a state holds what the server alone adds: who it is. A client says of itself only where it is. */
function isRepeated(json: string): boolean {
  const { user }: { user?: unknown } = JSON.parse(json)
  return isObject(user) && typeof user.id === 'string' && 'agencyId' in user
}

function placeOf(value: unknown): PlaceInText | undefined {
  if (!isObject(value)) return undefined
  const { tname } = value
  if (typeof tname === 'string' && tname.length > MAX_ROOT_NAME) return undefined
  return {
    type: idOf(value.type),
    tname: typeof tname === 'string' ? tname : null,
    item: idOf(value.item),
    assoc: typeof value.assoc === 'number' && value.assoc < 0 ? -1 : 0,
  }
}

function idOf(value: unknown): { client: number; clock: number } | null {
  if (!isObject(value)) return null
  const { client, clock } = value
  return isCount(client) && isCount(clock) ? { client, clock } : null
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
