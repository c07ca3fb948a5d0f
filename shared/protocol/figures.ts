/** An agency's figures over HTTP (`shared/figures/FIGURES.md`). */
import * as z from 'zod'
import type { FigureTable } from '../figures/agency-figures.ts'
import { AUDIENCES, type Audience, FIGURES } from '../figures/figure-codes.ts'
import { code } from './fields.ts'

const year = z
  .string()
  .regex(/^20\d\d$/)
  .transform(Number)

/** `GET /api/agencies/:agencyId/figures` */
export const figuresQuery = z.strictObject({ year, audience: code(AUDIENCES) })
/** `GET /api/agencies/:agencyId/figures/table`: one of them as CSV. */
export const figuresFileQuery = z.strictObject({
  year,
  audience: code(AUDIENCES),
  figure: code(FIGURES),
  language: z.enum(['ko', 'en']),
})
export type FiguresAsked = z.output<typeof figuresQuery>
export type FiguresFile = z.output<typeof figuresFileQuery>

export interface FiguresView {
  agencyName: string
  year: number
  audience: Audience
  tables: readonly FigureTable[]
}
