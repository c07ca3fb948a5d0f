/**
 * Taking lists in, beside everything else (SPEC IM9, IM10): piece by piece, each household under an id that its row alone decides, and at the end one write
 * that shows them all. It may be broken off between any two writes, and goes on where it was.
 */
import type { ImportId } from '../../shared/ids.ts'
import type { Log } from '../lib/log.ts'
import type { Clock } from '../rooms/ports.ts'
import { householdsOf } from './assess.ts'
import type { Finding } from './finding-repository.ts'
import { finishUndoing } from './import-commands.ts'
import type { List } from './import-repository.ts'
import type { ImportParts } from './ports.ts'

type TakingParts = Pick<ImportParts, 'imports' | 'findings' | 'findingIdOf'>

const TRY_AGAIN_MS = 5_000

export class TakingIn {
  readonly #parts: TakingParts
  readonly #clock: Clock
  readonly #log: Log
  readonly #running = new Map<ImportId, Promise<void>>()
  readonly #waiting = new Set<() => void>()
  #isClosed = false

  constructor(options: { parts: TakingParts; clock: Clock; log: Log }) {
    this.#parts = options.parts
    this.#clock = options.clock
    this.#log = options.log
  }

  /** Begins or goes on; does nothing while it is at it. */
  goOn(importId: ImportId): void {
    if (this.#isClosed || this.#running.has(importId)) return
    const work = takeAllIn(this.#parts, importId, () => this.#isClosed)
      .catch(error => {
        this.#log.warn({ error, importId }, 'A list could not be taken in; trying again')
        const stop = this.#clock.after(TRY_AGAIN_MS, () => {
          this.#waiting.delete(stop)
          this.goOn(importId)
        })
        this.#waiting.add(stop)
      })
      .finally(() => this.#running.delete(importId))
    this.#running.set(importId, work)
  }

  /** Resolves when the list is not being worked on. */
  async settled(importId: ImportId): Promise<void> {
    await this.#running.get(importId)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const stop of this.#waiting) stop()
    await Promise.all(this.#running.values())
  }
}

/** @param isStopped asked between two pieces */
export async function takeAllIn(parts: TakingParts, importId: ImportId, isStopped = () => false): Promise<void> {
  const { imports } = parts
  let list = await imports.find(importId)
  if (list?.standing === 'taking_in') {
    const outcome = await imports.outcome(importId)
    if (outcome === undefined) throw new Error(`${importId}: nobody has looked at it`)
    const out = new Set([...outcome.faulty, ...outcome.doubles])
    for (const row of list.keep) out.delete(row)
    for (let piece = list.taken; piece < list.pieces; piece++) {
      if (isStopped()) return
      await takePieceIn(parts, list, piece, out)
      list = await imports.update(list, { taken: piece + 1 })
      await new Promise(resolve => setImmediate(resolve))
    }
    list = await imports.update(list, { standing: 'done' })
  }
  if (list?.standing !== 'done' || !list.hasRows) return
  await imports.eraseRows(importId)
  await imports.update(list, { hasRows: false, preview: [] })
}

async function takePieceIn(
  { imports, findings, findingIdOf }: TakingParts,
  list: List,
  piece: number,
  leftOut: ReadonlySet<number>,
): Promise<void> {
  const made: Finding[] = []
  for await (const { row, read } of householdsOf({ imports }, { ...list, pieces: piece + 1 }, piece)) {
    if (leftOut.has(row)) continue
    const { route, foundOn, ...household } = read.household
    made.push({
      _id: findingIdOf(list._id, row),
      _v: 1,
      agencyId: list.agencyId,
      importId: list._id,
      row,
      state: 'waiting',
      reason: '',
      route: route || list.route,
      foundOn: foundOn || list.foundOn,
      assignee: '',
      decidedBy: '',
      decidedAt: null,
      caseId: '',
      ...household,
      words: '',
    })
  }
  const [first] = made
  const last = made.at(-1)
  if (first === undefined || last === undefined) return
  const there = await findings.rowsOf(list._id, first.row, last.row + 1)
  await findings.insert(made.filter(({ row }) => !there.has(row)))
}

/** What a stopped server left half done. For the start of the service. */
export async function finishImports(parts: ImportParts): Promise<void> {
  for (const list of await parts.imports.unfinished()) {
    if (list.standing === 'arriving') await parts.imports.remove(list._id)
    else if (list.standing === 'undoing') await finishUndoing(parts, list)
    else parts.goOn(list._id)
  }
}
