/** The stages of a case in the order in which they are shown, with where it stands (LIFE.md CL1). Pure. */
import type { CaseStage } from '../codes.ts'
import type { CaseTrack } from './life-codes.ts'

export interface RailStop {
  stage: CaseStage
  /** `passed`: it was there before its history here begins, so that no day is known. */
  state: 'done' | 'passed' | 'now' | 'ahead'
  /** The day or moment of the last entry into it; empty where there is none. */
  at: string
}

const BEFORE: readonly CaseStage[] = ['case_finding', 'intake', 'registered', 'assessment', 'conference', 'selection']
const TRACKS: { readonly [Track in CaseTrack]: readonly CaseStage[] } = {
  integrated_case_management: ['service_planning', 'service_delivery', 'closed', 'aftercare'],
  service_linkage: ['service_linked', 'aftercare'],
}
/** Stages beside the way, each behind the one that it comes from; a case that was not taken on goes no further. */
const BESIDE: Partial<Record<CaseStage, { after: CaseStage; isEnd: boolean }>> = {
  not_selected: { after: 'selection', isEnd: true },
  referred_out: { after: 'selection', isEnd: true },
  deferred: { after: 'selection', isEnd: false },
  reassessment: { after: 'service_delivery', isEnd: false },
  ended: { after: 'aftercare', isEnd: true },
}

/** @param history of the present round, the first entry first */
export function railOf(of: {
  stage: CaseStage
  track: CaseTrack | ''
  history: readonly { to: CaseStage; at: string }[]
}): RailStop[] {
  const { stage, track, history } = of
  const way = [...BEFORE, ...TRACKS[track === '' ? 'integrated_case_management' : track]]
  const beside = BESIDE[stage]
  if (beside !== undefined) {
    const place = way.indexOf(beside.after) + 1
    way.splice(place, beside.isEnd ? way.length - place : 0, stage)
  }
  const first = history[0]
  const began = first === undefined ? 0 : way.indexOf(first.to)
  return way.map((one, index) => {
    const at = history.findLast(({ to }) => to === one)?.at ?? ''
    if (one === stage) return { stage: one, state: 'now', at }
    if (at !== '') return { stage: one, state: 'done', at }
    return { stage: one, state: index < began ? 'passed' : 'ahead', at }
  })
}
