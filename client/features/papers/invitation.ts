/**
 * The letter that asks an agency to take part (참석 요청 공문), as the lines that people paste into their own document system. It goes outside, so
 * it says how many items there are and how long, never whom they are about.
 */
import { CONFERENCE_TYPES } from '../../../shared/codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { formatDateTime, formatMinutes, formatTime, type Language } from '../../lib/format.ts'
import type { AgendaLine } from '../conferences/agenda-lines.ts'
import { isAboutCase, neutralLineName } from './line-name.ts'
import type { PaperWords } from './use-paper-texts.ts'

export interface InvitationInput {
  view: ConferenceView
  lines: readonly AgendaLine[]
  to: AgencyId
  language: Language
  t: PaperWords
}

/** Agencies that a letter goes to: all at the table but the host. */
export function invitedAgencies(view: ConferenceView) {
  return view.agencies.filter(
    ({ agencyId }) => agencyId !== view.hostAgencyId && view.participants.some(p => p.agencyId === agencyId),
  )
}

export function invitationText({ view, lines, to, language, t }: InvitationInput): string {
  const agency = view.agencies.find(one => one.agencyId === to)
  const asked = view.participants.filter(p => p.agencyId === to).map(p => p.name)
  const atTable = view.agencies.filter(({ agencyId }) => view.participants.some(p => p.agencyId === agencyId))
  const facts: [string, string, string[]?][] = [
    [t('invitation.when'), whenOf(view, language)],
    [t('invitation.place'), view.place || t('invitation.placeLater')],
    ...(view.remoteLink
      ? [[t('invitation.remote'), t('invitation.remoteText', { link: view.remoteLink })] satisfies [string, string]]
      : []),
    [t('invitation.whom'), asked.join(', ')],
    [
      t('invitation.whoAll'),
      t('invitation.whoAllText', {
        agencies: atTable.map(one => one.name).join(', '),
        n: atTable.length,
        people: view.participants.length,
      }),
    ],
    [t('invitation.items'), countOf(lines, t), lines.map(line => itemLine(line, language, t))],
  ]
  const letters = t('letters')
  return [
    `${t('invitation.to')}  ${agency?.name ?? ''}`,
    `${t('invitation.subject')}  ${t('invitation.subjectText', { title: view.title })}`,
    '',
    t('invitation.thanks'),
    t('invitation.ask', { type: CONFERENCE_TYPES[view.type][language] }),
    ...facts.flatMap(([name, value, more = []], at) => [
      `  ${letters[at] ?? '-'}. ${name}: ${value}`,
      ...more.map(line => `     ${line}`),
    ]),
    t('invitation.secret'),
    `${t('invitation.where')}  ${t('invitation.end')}`,
    '',
    view.hostAgencyName,
  ].join('\n')
}

/** `2026. 11. 24.(화) 14:00 ~ 15:30 (1시간 30분)` */
export function whenOf(view: Pick<ConferenceView, 'startsAt' | 'minutes'>, language: Language): string {
  const until = Date.parse(view.startsAt) + view.minutes * 60_000
  return `${formatDateTime(view.startsAt, language)} ~ ${formatTime(until)} (${formatMinutes(view.minutes, language)})`
}

function countOf(lines: readonly AgendaLine[], t: PaperWords): string {
  if (lines.length === 0) return t('invitation.itemsNone')
  const cases = lines.filter(isAboutCase).length
  return t('invitation.itemsText', { all: lines.length, cases, general: lines.length - cases })
}

function itemLine(line: AgendaLine, language: Language, t: PaperWords): string {
  const words = { number: line.number, name: neutralLineName(line, t) }
  if (line.minutes === 0) return t('invitation.itemLine', words)
  return t('invitation.itemLineTimed', { ...words, minutes: formatMinutes(line.minutes, language) })
}
