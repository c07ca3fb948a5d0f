/** Which candidates hold what is looked for, and in which order they are shown (SPEC SQ2–SQ5). Pure. */
import type { SearchKind } from '../../shared/protocol/search.ts'
import { hasWord } from '../../shared/search/matching.ts'
import type { SearchQuery, SearchWord } from '../../shared/search/query.ts'
import type { Candidate } from './candidates.ts'
import type { EntryPart } from './document-entries.ts'

export interface Found {
  candidate: Candidate
  /** The part in which most of the words stand. */
  part: EntryPart
  score: number
}

/** Its own words count more than what surrounds it, a word as it was typed more than its stem, all words together more than apart. */
const IN_OWN_WORDS = 4
const AS_TYPED = 1
const AROUND = 1
const TOGETHER = 4

/** What a candidate is worth; undefined where a word is missing, or none is in its own words. */
export function scored(candidate: Candidate, query: SearchQuery): Found | undefined {
  let score = 0
  let own = 0
  for (const word of query.words) {
    if (candidate.parts.some(part => hasWord(part, word))) {
      own++
      score += IN_OWN_WORDS + (candidate.parts.some(part => part.key.includes(word.whole)) ? AS_TYPED : 0)
    } else if (hasWord(candidate.around(), word)) score += AROUND
    else return undefined
  }
  if (own === 0) return undefined
  const part = bestPartOf(candidate, query.words)
  if (part === undefined) return undefined
  const together = query.words.map(word => word.key).join('')
  if (query.words.length > 1 && candidate.parts.some(({ key }) => key.includes(together))) score += TOGETHER
  return { candidate, part, score }
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
    const { kind } = one.candidate.hit
    const others = kinds.get(kind)
    if (others === undefined) kinds.set(kind, [one])
    else others.push(one)
  }
  for (const ranked of kinds.values()) ranked.sort(before)
  return kinds
}

function before(a: Found, b: Found): number {
  const [dayA, dayB] = [a.candidate.hit.at ?? '', b.candidate.hit.at ?? '']
  if (a.score !== b.score) return b.score - a.score
  if (dayA !== dayB) return dayA < dayB ? 1 : -1
  return a.candidate.hit.key < b.candidate.hit.key ? -1 : 1
}
