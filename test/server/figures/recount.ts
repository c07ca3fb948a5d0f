/**
 * An agency's figures counted again from the raw records, by code that shares nothing with the product's: its own reading of documents, its own
 * calendar (the platform's, in Seoul), loops instead of tables. What it says must be what the product says.
 */
import type * as Y from 'yjs'

/** Raw records as they lie in the store, and the documents by name. */
export interface RawTown {
  cases: readonly Record<string, unknown>[]
  items: readonly Record<string, unknown>[]
  conferences: readonly Record<string, unknown>[]
  actions: readonly Record<string, unknown>[]
  /** Of each conference, the modes and standings of attendance. */
  attendance: ReadonlyMap<unknown, readonly { standing: string; mode: string | null }[]>
  documents: ReadonlyMap<string, Y.Doc>
}

const seoul = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Seoul',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const day = (moment: unknown) => seoul.format(moment instanceof Date ? moment : new Date(Number(moment)))

/** `figure/row/column` → number; only what is not 0, and medians as `median of [ … ]` do not appear here but as numbers. */
export function recount(town: RawTown, agencyId: string, year: number): Map<string, number> {
  const found = new Map<string, number>()
  const add = (name: string) => found.set(name, (found.get(name) ?? 0) + 1)
  const led = town.cases.filter(one =>
    (one.agencies as { agencyId: string; role: string }[]).some(
      part => part.agencyId === agencyId && part.role === 'lead',
    ),
  )
  for (const one of led) {
    add(`stages/${String(one.stage)}/0`)
    const [y = 0, month = 0] = day(one.createdAt).split('-').map(Number)
    if (y !== year) continue
    let quarter = 1
    while (month > quarter * 3) quarter++
    add(`quarters/${year}-${quarter}/0`)
  }
  for (const one of led) {
    const needs = new Set<string>()
    for (const item of town.items) {
      if (item.caseId !== one._id || item.standing === 'leaving') continue
      const conference = town.conferences.find(other => other._id === item.conferenceId)
      if (conference === undefined || !['live', 'closed'].includes(String(conference.state))) continue
      if (!day(conference.startsAt).startsWith(`${year}`)) continue
      const doc = town.documents.get(`item.${String(item._id)}`)
      for (const [need, isOn] of doc?.getMap('needs').entries() ?? []) if (isOn === true) needs.add(need)
    }
    for (const need of needs) add(`needs/${need}/0`)
  }
  for (const action of town.actions) {
    if (action.agencyId !== agencyId || action.gone === true || action.facts === undefined) continue
    const made = day((action.facts as { madeAt: number }).madeAt)
    if (made.startsWith(`${year}`)) add(`actions/${made.slice(0, 7)}/0`)
    let since: Date | null = null
    for (const step of (action.history as { at: Date; status: string }[] | undefined) ?? []) {
      if (step.status !== action.status) since = null
      else since ??= step.at
    }
    const changed = since ?? (action.changedAt as Date | null)
    if (changed === null || !day(changed).startsWith(`${year}`)) continue
    if (action.status === 'done') add(`actions/${day(changed).slice(0, 7)}/1`)
    if (/^(not_possible_circumstances_changed|not_done_by_agency|dropped)$/.test(String(action.status)))
      add(`actions/${day(changed).slice(0, 7)}/2`)
  }
  const lengths = new Map<string, { taken: number[]; planned: number[] }>()
  for (const conference of town.conferences) {
    if (conference.hostAgencyId !== agencyId || conference.state !== 'closed' || !conference.startedAt) continue
    const [startedAt, closedAt] = [conference.startedAt as Date, conference.closedAt as Date]
    if (!day(startedAt).startsWith(`${year}`)) continue
    const month = day(startedAt).slice(0, 7)
    add(`meetings/${month}/0`)
    const of = lengths.get(month) ?? { taken: [], planned: [] }
    lengths.set(month, of)
    of.taken.push(Math.round((closedAt.getTime() - startedAt.getTime()) / 60_000))
    of.planned.push(Number(conference.minutes))
    for (const { standing, mode } of town.attendance.get(conference._id) ?? []) {
      if (mode !== null && (standing === 'confirmed' || standing === 'left')) add(`attendance/${mode}/0`)
    }
  }
  for (const [month, { taken, planned }] of lengths) {
    found.set(`meetings/${month}/1`, middle(taken))
    found.set(`meetings/${month}/2`, middle(planned))
  }
  return found
}

/** Takes one from each end until one or two are left. */
function middle(values: number[]): number {
  const left = values.toSorted((a, b) => a - b)
  while (left.length > 2) {
    left.pop()
    left.shift()
  }
  return Math.round(left.reduce((sum, value) => sum + value, 0) / left.length)
}
