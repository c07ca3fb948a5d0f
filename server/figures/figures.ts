/** The figures of an agency for one of its people, and one of its tables as a file (FIGURES.md FG2, FG3, FG5, FG6). */
import { ATTENDANCE_MODES, CASE_STAGES, isCode, type Label, NEED_DOMAINS } from '../../shared/codes.ts'
import { agencyFigures, type FigureTable } from '../../shared/figures/agency-figures.ts'
import { AUDIENCES, COLUMNS, FIGURES } from '../../shared/figures/figure-codes.ts'
import { forHandingOut, isHidden } from '../../shared/figures/hiding.ts'
import type { AgencyId } from '../../shared/ids.ts'
import type { FiguresAsked, FiguresFile, FiguresView } from '../../shared/protocol/figures.ts'
import { dayInSeoul } from '../../shared/working-days.ts'
import type { By, ConferenceParts } from '../conferences/ports.ts'
import { renderCsv } from '../exports/render/sheets.ts'
import { agencyFacts, type FiguresSource } from './figures-source.ts'

export interface FiguresParts extends FiguresSource, Pick<ConferenceParts, 'audit' | 'people' | 'now'> {}

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
  const { agencyName, tables } = await figuresOf(parts, agencyId, asked)
  const table = tables.find(one => one.id === figure)
  const words = (label: Label) => label[language]
  const { title, definition } = FIGURES[figure]
  const hidden = language === 'ko' ? '비공개' : 'hidden'
  const stamp = [agencyName, String(asked.year), words(AUDIENCES[asked.audience]), dayInSeoul(parts.now())].join(' · ')
  const bytes = renderCsv({
    name: words(title),
    columns: ['', ...(table?.columns.map(column => words(COLUMNS[column])) ?? [])].map(label => ({ label, width: 16 })),
    rows: [
      ...(table?.rows ?? []).map(row => [
        rowName(row.key, language),
        ...row.cells.map((cell, at) => (isHidden(row, at) ? hidden : cell)),
      ]),
      [],
      [words(title)],
      [words(definition)],
    ],
    stamp,
  })
  return { name: `${figure}-${asked.year}.csv`, bytes }
}

async function figuresOf(
  parts: FiguresParts,
  agencyId: AgencyId,
  { year, audience }: FiguresAsked,
): Promise<FiguresView> {
  const [agency, facts] = await Promise.all([parts.people.agency(agencyId), agencyFacts(parts, agencyId, year)])
  const tables: readonly FigureTable[] = agencyFigures(facts, year)
  return {
    agencyName: agency?.name ?? '',
    year,
    audience,
    tables: audience === 'inside' ? tables : tables.map(forHandingOut),
  }
}

/** A code's label; quarters and months as they are written. */
function rowName(key: string, language: 'ko' | 'en'): string {
  for (const table of [CASE_STAGES, NEED_DOMAINS, ATTENDANCE_MODES]) {
    if (isCode(table, key)) return (table as Record<string, Label>)[key]?.[language] ?? key
  }
  return key
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
