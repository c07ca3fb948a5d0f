/** The plan of a conference on one sheet (개최 계획): its parts as plain values, for the screen's tables and for the text to paste. */
import type { ItemId } from '../../../shared/ids.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { formatMinutes, formatTime, type Language } from '../../lib/format.ts'
import type { AgendaLine } from '../conferences/agenda-lines.ts'
import { whenOf } from './invitation.ts'
import { lineName, neutralLineName } from './line-name.ts'
import type { PaperWords } from './use-paper-texts.ts'

export interface PlanSheet {
  heading: string
  /** Name and value, in order. */
  facts: readonly (readonly [string, string])[]
  peopleSum: string
  agencies: readonly { name: string; names: string; count: string }[]
  items: readonly { number: string; name: string; time: string; minutes: string }[]
  sum: string
  /** Items whose household is named here. */
  named: readonly ItemId[]
}

export interface PlanSheetInput {
  view: ConferenceView
  lines: readonly AgendaLine[]
  purpose: string
  withNames: boolean
  language: Language
  t: PaperWords
}

export function planSheet({ view, lines, purpose, withNames, language, t }: PlanSheetInput): PlanSheet {
  const agencies = view.agencies
    .map(agency => ({ agency, people: view.participants.filter(p => p.agencyId === agency.agencyId) }))
    .filter(({ people }) => people.length > 0)
  let elapsed = 0
  const items = lines.map(line => {
    const startsAt = Date.parse(view.startsAt) + elapsed * 60_000
    elapsed += line.minutes
    return {
      number: String(line.number),
      name: nameOn(line, withNames, t),
      time: line.minutes > 0 ? `${formatTime(startsAt)}~${formatTime(startsAt + line.minutes * 60_000)}` : '',
      minutes: line.minutes > 0 ? formatMinutes(line.minutes, language) : '',
    }
  })
  return {
    heading: t('planSheet.heading', { title: view.title }),
    facts: [
      [t('planSheet.purpose'), purpose],
      [t('planSheet.when'), whenOf(view, language)],
      [t('planSheet.place'), view.place || t('planSheet.nobody')],
      ...(view.remoteLink ? [[t('planSheet.remote'), view.remoteLink] as const] : []),
      [t('planSheet.host'), view.hostAgencyName],
      [t('planSheet.roles'), rolesOf(view, t)],
    ],
    peopleSum: t('planSheet.peopleSum', { agencies: agencies.length, people: view.participants.length }),
    agencies: agencies.map(({ agency, people }) => ({
      name: agency.name,
      names: people.map(p => nameWithPart(p, t)).join(', '),
      count: t('planSheet.countText', { n: people.length }),
    })),
    items,
    sum: t('planSheet.sum', { sum: formatMinutes(elapsed, language) }),
    named: withNames
      ? lines.flatMap(line => (line.item && !line.item.restricted && line.item.case ? [line.itemId] : []))
      : [],
  }
}

function nameWithPart({ name, role }: ConferenceView['participants'][number], t: PaperWords): string {
  if (role === 'observer') return t('planSheet.observer', { name })
  return role === 'supervisor' ? t('planSheet.supervisor', { name }) : name
}

function nameOn(line: AgendaLine, withNames: boolean, t: PaperWords): string {
  if (!withNames) return neutralLineName(line, t)
  return line.detail ? `${lineName(line, t)} (${line.detail})` : lineName(line, t)
}

function rolesOf(view: ConferenceView, t: PaperWords): string {
  const nameOf = (role: string) => view.participants.find(p => p.role === role)?.name
  const roles = [
    ['leader', t('planSheet.leader', { name: nameOf('leader') ?? t('planSheet.nobody') })],
    ['deputy', nameOf('deputy') ? t('planSheet.deputy', { name: nameOf('deputy') ?? '' }) : ''],
    ['minute_taker', t('planSheet.minuteTaker', { name: nameOf('minute_taker') ?? t('planSheet.nobody') })],
  ]
  return roles.flatMap(([, words]) => (words ? [words] : [])).join(', ')
}

/** The same as text: rows with tabs between the cells, which word processors take for a table. */
export function planSheetText(sheet: PlanSheet, t: PaperWords): string {
  return [
    sheet.heading,
    '',
    ...sheet.facts.map(([name, value], at) => `${at + 1}. ${name}: ${value}`),
    `${sheet.facts.length + 1}. ${t('planSheet.people')}: ${sheet.peopleSum}`,
    ...[[t('planSheet.agency'), t('planSheet.names'), t('planSheet.count')]].map(cells => cells.join('\t')),
    ...sheet.agencies.map(({ name, names, count }) => [name, names, count].join('\t')),
    `${sheet.facts.length + 2}. ${t('planSheet.items')}: ${sheet.sum}`,
    [t('planSheet.number'), t('planSheet.item'), t('planSheet.time'), t('planSheet.minutes')].join('\t'),
    ...sheet.items.map(({ number, name, time, minutes }) => [number, name, time, minutes].join('\t')),
  ].join('\n')
}
