/** How long people spoke, by the way in which they were there (SPEC MS3): added up when the floor is given on or ends, never kept for a person. */
import type { PresentMode } from '../../shared/codes.ts'
import { isPresentMode } from '../../shared/codes.ts'
import type { MeetingState } from './meeting-state.ts'

export type Spoken = Readonly<Partial<Record<PresentMode, { turns: number; ms: number }>>>

/** The state with the turn that now ends added to its mode's; nothing is added while nobody speaks, or for who is there in no way. */
export function withTurnCounted(state: MeetingState, now: string): MeetingState {
  const { speaking, attendance, spoken } = state
  if (speaking.now === null || speaking.since === null) return state
  const mode = attendance.find(({ key }) => key === speaking.now)?.mode ?? null
  if (!isPresentMode(mode)) return state
  const ms = Math.max(0, Date.parse(now) - Date.parse(speaking.since))
  const before = spoken[mode] ?? { turns: 0, ms: 0 }
  return { ...state, spoken: { ...spoken, [mode]: { turns: before.turns + 1, ms: before.ms + ms } } }
}
