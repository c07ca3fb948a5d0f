/** The figures of an agency for one of its people, and one of its tables as a file (FIGURES.md FG2, FG3, FG5, FG6). */
import { agencyFigures } from '../../shared/figures/agency-figures.ts'
import { AUDIENCES, MONTH_AUDIENCES } from '../../shared/figures/figure-codes.ts'
import { type FigureTable, monthOf, quarterOf } from '../../shared/figures/figure-table.ts'
import { forHandingOut } from '../../shared/figures/hiding.ts'
import { monthFigure, monthForHandingOut } from '../../shared/figures/month-figure.ts'
import { quarterFigures } from '../../shared/figures/quarter-figures.ts'
import type { AgencyId } from '../../shared/ids.ts'
import type {
  FiguresAsked,
  FiguresFile,
  FiguresView,
  MonthAsked,
  MonthFile,
  MonthView,
  QuarterAsked,
  QuarterView,
} from '../../shared/protocol/figures.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { CodeSets } from '../code-sets/code-sets.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import { renderCsv, renderXlsx } from '../exports/render/sheets.ts'
import { figureSheet } from './figure-sheet.ts'
import type { FiguresSource } from './figures-reading.ts'
import { agencyFacts, hostedMeetings } from './figures-source.ts'

export interface FiguresParts extends FiguresSource, Pick<ConferenceParts, 'audit' | 'people' | 'now'> {
  codeSets: CodeSets
}

export async function openFigures(
  parts: FiguresParts,
  by: By,
  agencyId: AgencyId,
  asked: FiguresAsked,
): Promise<FiguresView> {
  await record(parts, by, agencyId, 'figures.open', asked.audience)
  return figuresOf(parts, agencyId, asked)
}

/** One table with its question, its definition and its stamp. */
export async function takeOutFigure(
  parts: FiguresParts,
  by: By,
  agencyId: AgencyId,
  { figure, language, ...asked }: FiguresFile,
): Promise<{ name: string; bytes: Uint8Array }> {
  await record(parts, by, agencyId, 'figures.take-out', `${figure}-${asked.audience}`)
  const { agencyName, year, tables } = await figuresOf(parts, agencyId, asked)
  const table: FigureTable = tables.find(one => one.id === figure) ?? { id: figure, columns: [], rows: [] }
  const about = {
    agencyName,
    span: String(year),
    edition: AUDIENCES[asked.audience],
    countedOn: dayInSeoul(parts.now()),
    language,
    named: (await parts.codeSets.now()).labelOf,
  }
  return { name: `${figure}-${year}.csv`, bytes: renderCsv(figureSheet(table, about)) }
}

export async function openMonth(
  parts: FiguresParts,
  by: By,
  agencyId: AgencyId,
  asked: MonthAsked,
): Promise<MonthView> {
  await record(parts, by, agencyId, 'figures.open', `month-${asked.audience}`)
  return monthOfAgency(parts, agencyId, asked)
}

export async function takeOutMonth(
  parts: FiguresParts,
  by: By,
  agencyId: AgencyId,
  { format, language, ...asked }: MonthFile,
): Promise<{ name: string; bytes: Uint8Array }> {
  await record(parts, by, agencyId, 'figures.take-out', `month-${asked.audience}-${format}`)
  const { agencyName, month, audience, countedOn, table } = await monthOfAgency(parts, agencyId, asked)
  const sheet = figureSheet(table, { agencyName, span: month, edition: MONTH_AUDIENCES[audience], countedOn, language })
  const bytes = format === 'xlsx' ? renderXlsx(sheet) : renderCsv(sheet)
  return { name: `month-${month}.${format}`, bytes }
}

export async function openQuarter(
  parts: FiguresParts,
  by: By,
  agencyId: AgencyId,
  { quarter }: QuarterAsked,
): Promise<QuarterView> {
  await record(parts, by, agencyId, 'figures.take-out', `quarter-${quarter}`)
  const [agency, facts] = await Promise.all([
    parts.people.agency(agencyId),
    agencyFacts(parts, agencyId, Number(quarter.slice(0, 4))),
  ])
  return {
    agencyName: agency?.name ?? '',
    quarter,
    tables: quarterFigures(facts, quarter),
    countedOn: dayInSeoul(parts.now()),
    isOver: quarterOf(parts.now()) > quarter,
  }
}

async function figuresOf(
  parts: FiguresParts,
  agencyId: AgencyId,
  { year, audience }: FiguresAsked,
): Promise<FiguresView> {
  const [agency, facts] = await Promise.all([parts.people.agency(agencyId), agencyFacts(parts, agencyId, year)])
  const tables = agencyFigures(facts, year)
  return {
    agencyName: agency?.name ?? '',
    year,
    audience,
    tables: audience === 'inside' ? tables : tables.map(forHandingOut),
  }
}

async function monthOfAgency(
  parts: FiguresParts,
  agencyId: AgencyId,
  { month, audience }: MonthAsked,
): Promise<MonthView> {
  const [agency, facts] = await Promise.all([
    parts.people.agency(agencyId),
    hostedMeetings(parts, agencyId, Number(month.slice(0, 4))),
  ])
  const table = monthFigure(facts, month)
  return {
    agencyName: agency?.name ?? '',
    month,
    audience,
    table: audience === 'inside' ? table : monthForHandingOut(table),
    countedOn: dayInSeoul(parts.now()),
    isOver: monthOf(parts.now()) > month,
  }
}

function record(parts: FiguresParts, by: By, agencyId: AgencyId, action: string, reason: string): Promise<void> {
  return parts.audit.record({
    actor: by.actor.userId,
    sessionId: by.sessionId,
    address: by.address,
    action,
    object: `agency.${agencyId}`,
    outcome: 'ok',
    reason,
  })
}
