/** What every part of the map's screen needs: what is drawn, who is chosen, my own steps. */
import { createContext, use } from 'react'
import { must } from '../../../shared/assert.ts'
import type { EcoMap } from '../../../shared/case-map/eco-map.ts'
import type { Genogram, GenogramPerson } from '../../../shared/case-map/genogram.ts'
import type { GenogramLayout } from '../../../shared/case-map/genogram-layout.ts'
import type { HouseholdFigure } from '../../../shared/documents/case-map-genogram.ts'
import type { MapHistory } from './use-map-history.ts'

export interface CaseMap {
  genogram: Genogram
  layout: GenogramLayout
  eco: EcoMap
  household: readonly HouseholdFigure[]
  /** Those who live together: the circle of the eco-map. */
  home: readonly GenogramPerson[]
  history: MapHistory
  /** The figure or system whose fields are open. */
  openId: string | null
  open(id: string | null): void
  /** Somebody chooses the other end of a relation in the drawing. */
  picking: ((id: string) => void) | null
  pick(onPick: ((id: string) => void) | null): void
  nameOf(personId: string): string
}

export const CaseMapContext = createContext<CaseMap | undefined>(undefined)

export function useCaseMap(): CaseMap {
  return must(use(CaseMapContext), 'case map')
}
