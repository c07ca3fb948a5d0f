/** Which candidates hold what is looked for, and in which order they are shown (SPEC SQ2–SQ5). Pure. */
import type { SearchKind } from '../../shared/protocol/search.ts'
import { hasWord, type Searchable } from '../../shared/search/matching.ts'
import type { SearchQuery, SearchWord } from '../../shared/search/query.ts'
import type { Candidate, HitFacts } from './candidates.ts'
import type { EntryPart } from './document-entries.ts'

export interface Found {
  candidate: Candidate
  hit: HitFacts
  /** The part in which most of the words stand. */
  part: EntryPart
  score: number
}

/** Its own words count more than what surrounds it, a word as it was typed more than its stem, all words together more than apart. */
const IN_OWN_WORDS = 4
const AS_TYPED = 1
const AROUND = 1
const TOGETHER = 4

/** Asks what surrounds things, which thousands of them share, once for each word. For one search. */
export class Scoring {
  readonly #query: SearchQuery
  readonly #together: string
  readonly #around = new Map<Searchable, boolean[]>()

  constructor(query: SearchQuery) {
    this.#query = query
    this.#together = query.words.map(word => word.key).join('')
  }

  /** What a candidate is worth; undefined where a word is missing, or none is in its own words. */
  scored(candidate: Candidate): Found | undefined {
    const { words } = this.#query
    const { parts } = candidate
    const own = words.map(word => parts.some(part => hasWord(part, word)))
    if (!own.includes(true)) return undefined
    if (own.includes(false)) {
      const around = candidate.around().map(one => this.#inSurroundings(one))
      if (own.some((isOwn, index) => !isOwn && !around.some(holds => holds[index]))) return undefined
    }
    const part = bestPartOf(candidate, words)
    if (part === undefined) return undefined
    let score = words.length > 1 && parts.some(({ key }) => key.includes(this.#together)) ? TOGETHER : 0
    for (const [index, word] of words.entries()) {
      if (!own[index]) score += AROUND
      else score += IN_OWN_WORDS + (parts.some(({ key }) => key.includes(word.whole)) ? AS_TYPED : 0)
    }
    return { candidate, hit: candidate.hit(), part, score }
  }

  #inSurroundings(one: Searchable): boolean[] {
    const known = this.#around.get(one)
    if (known !== undefined) return known
    const holds = this.#query.words.map(word => hasWord(one, word))
    this.#around.set(one, holds)
    return holds
  }
}

function bestPartOf({ parts }: Candidate, words: readonly SearchWord[]): EntryPart | undefined {
  let best: { part: EntryPart | undefined; found: number } = { part: undefined, found: 0 }
  for (const part of parts) {
    const found = words.filter(word => hasWord(part, word)).length
    if (found > best.found) best = { part, found }
  }
  return best.part
}

/** By kind, each best first, then newest first. Nothing depends on the order in which candidates come. */
export function rankedByKind(found: Iterable<Found>): Map<SearchKind, Found[]> {
  const kinds = new Map<SearchKind, Found[]>()
  for (const one of found) {
    const { kind } = one.hit
    const others = kinds.get(kind)
    if (others === undefined) kinds.set(kind, [one])
    else others.push(one)
  }
  for (const ranked of kinds.values()) ranked.sort(before)
  return kinds
}

function before(a: Found, b: Found): number {
  const [dayA, dayB] = [a.hit.at ?? '', b.hit.at ?? '']
  if (a.score !== b.score) return b.score - a.score
  if (dayA !== dayB) return dayA < dayB ? 1 : -1
  return a.hit.key < b.hit.key ? -1 : 1
}
