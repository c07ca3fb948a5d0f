/** What action items tell for the figures: what an agency promised, and what all agencies have done for the cases that it leads. */
import type { ActionStatus } from '../../shared/codes.ts'
import { parseDocumentName } from '../../shared/documents/document-names.ts'
import type { AgencyFacts } from '../../shared/figures/agency-facts.ts'
import type { ActionId, AgencyId, CaseId, ItemId } from '../../shared/ids.ts'
import { type FiguresSource, inHandfuls } from './figures-reading.ts'

interface ActionInClear {
  _id: string
  actionId: ActionId
  document: string
  caseId: CaseId | null
  agencyId: AgencyId
  status: ActionStatus
  changedAt: Date | null
  history?: { at: Date; status: ActionStatus }[]
  facts?: { madeAt: number }
  gone?: boolean
}

export async function actionFacts({ store }: FiguresSource, agencyId: AgencyId): Promise<AgencyFacts['actions']> {
  const projection = { agencyId: 1, status: 1, changedAt: 1, history: 1, facts: 1, gone: 1 } as const
  const records = await store.collection<ActionInClear>('actions').find({ agencyId }, { projection }).toArray()
  return records.flatMap(record =>
    record.gone || record.facts === undefined
      ? []
      : [{ status: record.status, madeAt: record.facts.madeAt, changedAt: sinceWhen(record) }],
  )
}

/** @param about.cleared the restricted items whose ledgers the agency may read; the open ledgers of its cases it may */
export async function helpFacts(
  { store, index, people }: FiguresSource,
  about: { caseIds: readonly CaseId[]; cleared: ReadonlySet<ItemId>; isOfYear: (moment: Date) => boolean },
): Promise<AgencyFacts['helps']> {
  const { caseIds, cleared, isOfYear } = about
  const projection = {
    actionId: 1,
    document: 1,
    agencyId: 1,
    status: 1,
    changedAt: 1,
    history: 1,
    facts: 1,
    gone: 1,
  } as const
  const records = await inHandfuls(caseIds, some =>
    store
      .collection<ActionInClear>('actions')
      .find({ caseId: { $in: some }, status: 'done' }, { projection })
      .toArray(),
  )
  const done = records.flatMap(record => {
    const doneAt = !record.gone && record.facts !== undefined ? sinceWhen(record) : null
    const ledger = parseDocumentName(record.document)
    const isReadable = ledger?.kind === 'actions' && (ledger.zone === 'open' || cleared.has(ledger.zone))
    return doneAt !== null && isReadable && isOfYear(new Date(doneAt)) ? [{ ...record, doneAt }] : []
  })
  const agencies = new Map(
    await Promise.all(
      [...new Set(done.map(({ agencyId }) => agencyId))].map(
        async agencyId => [agencyId, await people.agency(agencyId)] as const,
      ),
    ),
  )
  const ledgers = await index.of(done.map(({ document }) => document))
  return done.map(({ actionId, document, agencyId, doneAt }) => {
    const words = ledgers.get(document)?.actions.find(({ id }) => id === actionId)
    const giver = agencies.get(agencyId)
    return {
      giver: { key: agencyId, name: giver?.name ?? '', isPublic: giver?.public ?? false },
      need: words?.need ?? '',
      doneAt,
      won: words?.amount ?? null,
    }
  })
}

/** When it came to stand as it does now: reports and reminders after that are no change. */
function sinceWhen({ status, changedAt, history = [] }: ActionInClear): number | null {
  const firstOfRun = history.findLastIndex(step => step.status !== status) + 1
  return (history[firstOfRun]?.at ?? changedAt)?.getTime() ?? null
}
