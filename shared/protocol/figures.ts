/** An agency's figures over HTTP (`shared/figures/FIGURES.md`). */
import * as z from 'zod'
import { AUDIENCES, type Audience, YEAR_FIGURES } from '../figures/figure-codes.ts'
import type { FigureTable } from '../figures/figure-table.ts'
import { code } from './fields.ts'

const year = z
  .string()
  .regex(/^20\d\d$/)
  .transform(Number)
/** In Seoul, `2026-11`. */
const month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)
/** In Seoul, `2026-4`. */
const quarter = z.string().regex(/^20\d\d-[1-4]$/)
const language = z.enum(['ko', 'en'])

/** `GET /api/agencies/:agencyId/figures` */
export const figuresQuery = z.strictObject({ year, audience: code(AUDIENCES) })
/** `GET /api/agencies/:agencyId/figures/table`: one of them as CSV. */
export const figuresFileQuery = z.strictObject({
  year,
  audience: code(AUDIENCES),
  figure: z.enum(YEAR_FIGURES),
  language,
})
/** `GET /api/agencies/:agencyId/figures/month`: one month as the city asks for it. */
export const monthQuery = z.strictObject({ month, audience: code(AUDIENCES) })
/** `GET /api/agencies/:agencyId/figures/month/file` */
export const monthFileQuery = z.strictObject({
  month,
  audience: code(AUDIENCES),
  format: z.enum(['xlsx', 'csv']),
  language,
})
/** `GET /api/agencies/:agencyId/figures/quarter`: the report for everybody. There is no other edition of it. */
export const quarterQuery = z.strictObject({ quarter })

export type FiguresAsked = z.output<typeof figuresQuery>
export type FiguresFile = z.output<typeof figuresFileQuery>
export type MonthAsked = z.output<typeof monthQuery>
export type MonthFile = z.output<typeof monthFileQuery>
export type QuarterAsked = z.output<typeof quarterQuery>

export interface FiguresView {
  agencyName: string
  year: number
  audience: Audience
  tables: readonly FigureTable[]
}

export interface MonthView {
  agencyName: string
  month: string
  audience: Audience
  table: FigureTable
  /** The day in Seoul on which it was counted. */
  countedOn: string
  /** Whether the month was over then. */
  isOver: boolean
}

export interface QuarterView {
  agencyName: string
  quarter: string
  tables: readonly FigureTable[]
  countedOn: string
  isOver: boolean
}
