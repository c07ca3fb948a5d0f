/** Counting a vote. Pure. */
import type { VoteChoice } from '../codes.ts'

export interface VoteCount {
  for: number
  against: number
  abstain: number
  /** Have a vote and did not cast it: present, and counted so. */
  silent: number
  /** What it takes: more than half of those who have a vote (출석 과반수), whether they cast it or not. */
  needed: number
  isCarried: boolean
}

export function countOf(voters: readonly string[], cast: readonly { choice: VoteChoice }[]): VoteCount {
  const count = (choice: VoteChoice) => cast.filter(one => one.choice === choice).length
  const needed = Math.floor(voters.length / 2) + 1
  const inFavour = count('for')
  return {
    for: inFavour,
    against: count('against'),
    abstain: count('abstain'),
    silent: voters.length - cast.length,
    needed,
    isCarried: inFavour >= needed,
  }
}
