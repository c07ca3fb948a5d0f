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
  /** Of each conference, who was there how. */
  attendance: ReadonlyMap<unknown, readonly RawAttendance[]>
  /** Of each conference, what else its record holds; left out where nothing does. */
  meetings?: ReadonlyMap<unknown, RawMeeting>
  documents: ReadonlyMap<string, Y.Doc>
  /** What agencies give, and what was written in cases. */
  allocations: readonly Record<string, unknown>[]
  caseRecords: readonly Record<string, unknown>[]
  /** Which agencies are public; left out, help is not counted by it. */
  isPublic?: ReadonlyMap<string, boolean>
}

export interface RawAttendance {
  standing: string
  mode: string | null
  userId?: string | null
  guest?: { agencyId: string } | null
}

export interface RawMeeting {
  progress: Readonly<Record<string, { state: string }>>
  spoken: Readonly<Record<string, { turns: number; ms: number }>>
}

const seoul = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Seoul',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const day = (moment: unknown) => seoul.format(moment instanceof Date ? moment : new Date(Number(moment)))

function quarterOf(written: string): number {
  const month = Number(written.slice(5, 7))
  let quarter = 1
  while (month > quarter * 3) quarter++
  return quarter
}

/** Numbers by name; what is 0 is not in it. */
class Tally extends Map<string, number> {
  readonly #once = new Set<string>()
  add(name: string, by = 1): void {
    if (by !== 0) this.set(name, (this.get(name) ?? 0) + by)
  }
  /** The same thing under one name counts once. */
  once(name: string, thing: unknown): void {
    const key = `${name} ${String(thing)}`
    if (this.#once.has(key)) return
    this.#once.add(key)
    this.add(name)
  }
}

/** `figure/row/column` → number; medians are among them also where they are 0. */
export function recount(town: RawTown, agencyId: string, year: number): Map<string, number> {
  const found = new Tally()
  const led = casesLedBy(town, agencyId)
  for (const one of led) {
    found.add(`stages/${String(one.stage)}/0`)
    const foundOn = dayOfFinding(one)
    if (!foundOn.startsWith(`${year}`)) continue
    const at = quarterOf(foundOn) - 1
    found.add(`routes/${String(one.route || 'not_recorded')}/${at}`)
    found.add(`routes/total/${at}`)
  }
  const waits = new Map<number, number[]>()
  for (const one of led) {
    let first: Date | undefined
    for (const item of itemsOf(town, one)) {
      const conference = conferenceOf(town, item)
      if (!['live', 'closed'].includes(String(conference?.state))) continue
      const startsAt = conference?.startsAt as Date
      if (!day(startsAt).startsWith(`${year}`)) continue
      const doc = town.documents.get(`item.${String(item._id)}`)
      for (const [need, isOn] of doc?.getMap('needs').entries() ?? [])
        if (isOn === true) found.once(`needs/${need}/0`, one._id)
      if (conference?.state === 'closed' && kindsIn(doc).includes('approve_plan')) {
        if (first === undefined || startsAt < first) first = startsAt
      }
    }
    if (first === undefined) continue
    const days = (Date.parse(day(first)) - Date.parse(dayOfFinding(one))) / 86_400_000
    if (days < 0) continue
    const quarter = quarterOf(day(first))
    found.add(`plans/${year}-${quarter}/0`)
    waits.set(quarter, [...(waits.get(quarter) ?? []), days])
  }
  for (const [quarter, days] of waits) found.set(`plans/${year}-${quarter}/1`, middle(days))
  for (const action of town.actions) {
    if (action.gone === true || action.facts === undefined) continue
    const changed = settledAt(action)
    if (action.agencyId === agencyId) {
      const made = day((action.facts as { madeAt: number }).madeAt)
      if (made.startsWith(`${year}`)) found.add(`actions/${made.slice(0, 7)}/0`)
      if (changed !== null && day(changed).startsWith(`${year}`)) {
        if (action.status === 'done') found.add(`actions/${day(changed).slice(0, 7)}/1`)
        if (/^(not_possible_circumstances_changed|not_done_by_agency|dropped)$/.test(String(action.status)))
          found.add(`actions/${day(changed).slice(0, 7)}/2`)
      }
    }
  }
  for (const { giver, need, won, at } of gifts(town, agencyId)) {
    if (!at.startsWith(`${year}`)) continue
    found.add(`givers/${giver}/0`)
    if (won !== null) found.add(`givers/${giver}/1`)
    found.add(`givers/${giver}/2`, won ?? 0)
    if (town.isPublic) found.add(`help/${need || 'not_recorded'}/${town.isPublic.get(giver) ? 0 : 1}`)
  }
  for (const conference of hostedBy(town, agencyId)) {
    const began = day(conference.startedAt)
    if (!began.startsWith(`${year}`)) continue
    countTogether(town, conference, {
      item() {},
      agency() {},
      decision: (kind, caseId) => {
        const quarter = quarterOf(began)
        found.once(`decided/${kind}/${quarter - 1}`, `${String(caseId)} ${quarter}`)
      },
    })
  }
  for (const one of led) {
    for (const { caseId, service, from, endedOn } of town.allocations) {
      const isNever = endedOn !== '' && String(endedOn) <= String(from)
      if (caseId !== one._id || isNever || !String(from).startsWith(`${year}`)) continue
      const row = String(service).startsWith('own_') ? 'other_service' : String(service)
      found.add(`linked/${row}/${quarterOf(String(from)) - 1}`)
    }
    for (const record of town.caseRecords) {
      if (record.caseId !== one._id || record.kind !== 'monitoring') continue
      if (record.narrowTo !== null && record.narrowTo !== agencyId) continue
      const isOld = town.caseRecords.some(
        other => other.recordId === record.recordId && Number(other.version) > Number(record.version),
      )
      const on = day(record.happenedAt)
      if (isOld || !on.startsWith(`${year}`)) continue
      found.add(`checks/${year}-${quarterOf(on)}/0`)
      found.once(`checks/${year}-${quarterOf(on)}/1`, one._id)
    }
  }
  const lengths = new Map<string, { taken: number[]; planned: number[] }>()
  for (const conference of hostedBy(town, agencyId)) {
    const [startedAt, closedAt] = [conference.startedAt as Date, conference.closedAt as Date]
    if (!day(startedAt).startsWith(`${year}`)) continue
    const modes: string[] = []
    for (const { standing, mode } of town.attendance.get(conference._id) ?? []) {
      if (mode !== null && (standing === 'confirmed' || standing === 'left')) modes.push(mode)
    }
    for (const mode of modes) found.add(`attendance/${mode}/0`)
    const here = modes.includes('in_person')
    const away = modes.includes('remote') || modes.includes('phone')
    const way = here && away ? 'mixed' : here ? 'all_in_person' : away ? 'all_remote' : 'not_recorded'
    for (const name of [`meetings/${day(startedAt).slice(0, 7)}`, `lengths/${way}`]) {
      found.add(`${name}/0`)
      const of = lengths.get(name) ?? { taken: [], planned: [] }
      lengths.set(name, of)
      of.taken.push(Math.round((closedAt.getTime() - startedAt.getTime()) / 60_000))
      of.planned.push(Number(conference.minutes))
    }
    const spoken = Object.entries(town.meetings?.get(conference._id)?.spoken ?? {})
    if (spoken.length === 0) continue
    for (const mode of modes) if (/^(in_person|remote|phone)$/.test(mode)) found.add(`speaking/${mode}/0`)
    for (const [mode, { turns, ms }] of spoken) {
      found.add(`speaking/${mode}/1`, turns)
      found.add(`speaking/${mode}/ms`, ms)
    }
  }
  for (const [name, { taken, planned }] of lengths) {
    found.set(`${name}/1`, middle(taken))
    found.set(`${name}/2`, middle(planned))
  }
  for (const mode of ['in_person', 'remote', 'phone']) {
    const ms = found.get(`speaking/${mode}/ms`)
    if (ms === undefined) continue
    found.delete(`speaking/${mode}/ms`)
    found.add(`speaking/${mode}/2`, Math.round(ms / 60_000))
  }
  return found
}

/** The month for the city, as {@link recount} names things: `month/row/column`. @param month `2026-03` */
export function recountMonth(town: RawTown, agencyId: string, month: string): Map<string, number> {
  const found = new Tally()
  for (const conference of hostedBy(town, agencyId)) {
    const began = day(conference.startedAt).slice(0, 7)
    if (began.slice(0, 4) !== month.slice(0, 4) || began > month) continue
    const rows = began === month ? [String(conference.type), 'total', 'since_january'] : ['since_january']
    for (const row of rows) {
      found.add(`month/${row}/0`)
      countTogether(town, conference, {
        item: () => found.add(`month/${row}/1`),
        agency: agency => found.once(`month/${row}/2`, agency),
        decision: (kind, caseId) => {
          const at = ['select_case_management', 'select_service_linkage', 'close'].indexOf(kind)
          if (at >= 0) found.once(`month/${row}/${3 + at}`, caseId)
        },
      })
    }
  }
  return found
}

/** The quarter's report before anything is hidden. @param quarter `2026-3` */
export function recountQuarter(town: RawTown, agencyId: string, quarter: string): Map<string, number> {
  const found = new Tally()
  const isIn = (written: string) => `${written.slice(0, 4)}-${quarterOf(written)}` === quarter
  const told =
    /^(select_case_management|select_service_linkage|allocate_resource|emergency_support|close|start_aftercare)$/
  for (const conference of hostedBy(town, agencyId)) {
    const began = day(conference.startedAt)
    if (!isIn(began)) continue
    for (const row of [began.slice(0, 7), 'total']) {
      found.add(`quarter_meetings/${row}/0`)
      countTogether(town, conference, {
        item: () => found.add(`quarter_meetings/${row}/1`),
        agency: agency => found.once(`quarter_meetings/${row}/2`, agency),
        decision: (kind, caseId) => {
          if (told.test(kind)) found.once(`quarter_outcomes/${kind}/0`, caseId)
        },
      })
    }
  }
  for (const one of casesLedBy(town, agencyId)) {
    if (isIn(dayOfFinding(one))) found.add(`quarter_routes/${wayFound(String(one.route || ''))}/0`)
    for (const item of itemsOf(town, one)) {
      const conference = conferenceOf(town, item)
      if (!['live', 'closed'].includes(String(conference?.state)) || !isIn(day(conference?.startsAt))) continue
      const doc = town.documents.get(`item.${String(item._id)}`)
      for (const [need, isOn] of doc?.getMap('needs').entries() ?? [])
        if (isOn === true) found.once(`quarter_needs/${need}/0`, one._id)
    }
  }
  for (const { giver, won, at } of gifts(town, agencyId)) {
    if (!isIn(at)) continue
    const row = town.isPublic?.get(giver) ? 'public' : 'private'
    found.add(`quarter_sectors/${row}/0`)
    if (won !== null) found.add(`quarter_sectors/${row}/1`)
    found.add(`quarter_sectors/${row}/2`, won ?? 0)
  }
  return found
}

function wayFound(route: string): string {
  if (route === 'self_request') return 'asked'
  if (/outreach/.test(route)) return 'visited'
  if (/_report$/.test(route)) return 'told'
  if (/referral|transfer/.test(route)) return 'referred'
  return /system|officio/.test(route) ? 'system' : 'other'
}

function casesLedBy(town: RawTown, agencyId: string) {
  return town.cases.filter(one =>
    (one.agencies as { agencyId: string; role: string }[]).some(
      part => part.agencyId === agencyId && part.role === 'lead',
    ),
  )
}

const dayOfFinding = (one: Record<string, unknown>) => String(one.foundOn || day(one.createdAt))
const itemsOf = (town: RawTown, one: Record<string, unknown>) =>
  town.items.filter(item => item.caseId === one._id && item.standing !== 'leaving')
const conferenceOf = (town: RawTown, item: Record<string, unknown>) =>
  town.conferences.find(other => other._id === item.conferenceId)
const hostedBy = (town: RawTown, agencyId: string) =>
  town.conferences.filter(one => one.hostAgencyId === agencyId && one.state === 'closed' && one.startedAt)

function kindsIn(doc: Y.Doc | undefined): string[] {
  const kinds: string[] = []
  for (const decision of doc?.getMap('decisions').values() ?? [])
    kinds.push(String((decision as Y.Map<unknown>).get('kind')))
  return kinds
}

function countTogether(
  town: RawTown,
  conference: Record<string, unknown>,
  tell: { item(): void; agency(agency: unknown): void; decision(kind: string, caseId: unknown): void },
): void {
  const meeting = town.meetings?.get(conference._id)
  for (const item of town.items) {
    if (item.conferenceId !== conference._id || item.standing === 'leaving') continue
    if (item.review !== true && meeting?.progress[String(item._id)]?.state !== 'deferred') tell.item()
    if (item.caseId === null) continue
    for (const kind of kindsIn(town.documents.get(`item.${String(item._id)}`))) tell.decision(kind, item.caseId)
  }
  tell.agency(conference.hostAgencyId)
  const seats = conference.participants as { userId: string; agencyId: string }[]
  for (const { standing, userId, guest } of town.attendance.get(conference._id) ?? []) {
    if (standing !== 'confirmed' && standing !== 'left') continue
    const agency = guest ? guest.agencyId : seats.find(seat => seat.userId === userId)?.agencyId
    if (agency !== undefined) tell.agency(agency)
  }
}

/** What was done for the cases that the agency leads, by whom, for which need, on which day. */
function* gifts(town: RawTown, agencyId: string) {
  for (const one of casesLedBy(town, agencyId)) {
    for (const action of town.actions) {
      if (action.caseId !== one._id || action.status !== 'done' || action.gone === true || !action.facts) continue
      const zone = String(action.document).split('.').at(-1)
      const item = town.items.find(other => other._id === zone && other.standing !== 'leaving')
      if (zone !== 'open' && !(item?.agencies as string[] | undefined)?.includes(agencyId)) continue
      const at = settledAt(action)
      if (at === null) continue
      const words = town.documents.get(String(action.document))?.getMap('actions').get(String(action.actionId))
      const written = words as Y.Map<unknown> | undefined
      const won = written?.get('amount')
      yield {
        giver: String(action.agencyId),
        need: String(written?.get('need') ?? ''),
        won: typeof won === 'number' ? won : null,
        at: day(at),
      }
    }
  }
}

/** Since when it stands as it does. */
function settledAt(action: Record<string, unknown>): Date | null {
  let since: Date | null = null
  for (const step of (action.history as { at: Date; status: string }[] | undefined) ?? []) {
    if (step.status !== action.status) since = null
    else since ??= step.at
  }
  return since ?? (action.changedAt as Date | null)
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
