/**
 * A case's life as the page holds it. A command that somebody else was quicker than is not lost: what was typed stays in its form, the newer state is
 * loaded, and a second press sends it again.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { CaseId } from '../../../shared/ids.ts'
import type { CaseLifeAnswerInput, CaseLifeView } from '../../../shared/protocol/case-life.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { useNotices } from '../../ui/notice.tsx'
import { type LifeCommand, lifeApi } from './life-api.ts'
import { useLifeTexts } from './use-life-texts.ts'

/** Others answer and move meanwhile; each look is on record, so it is not asked more often than somebody reads. */
const REFETCH_MS = 60_000

export interface LifeDesk {
  caseId: CaseId
  /** Undefined while it is loading. */
  view: CaseLifeView | undefined
  loadError: unknown
  reload: () => void
  isPending: boolean
  /** What went wrong with the last command. */
  error: unknown
  isOvertaken: boolean
  /** True when it was done. */
  tell: (command: LifeCommand, words?: string) => Promise<boolean>
  answer: (command: CaseLifeAnswerInput) => Promise<boolean>
}

export function useLife(caseId: CaseId): LifeDesk {
  const { t } = useLifeTexts()
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const key = ['case-life', caseId]
  const {
    data,
    error: loadError,
    refetch,
  } = useQuery({
    queryKey: key,
    queryFn: () => lifeApi(api).open(caseId),
    refetchInterval: REFETCH_MS,
    // Agencies, bases and the plan are changed in the other sections of the page: what is shown here is never older than the visit.
    refetchOnMount: 'always',
  })
  const { error, isPending, run: command } = useCommand()

  function run(work: () => Promise<CaseLifeView>, words: string = t('done')): Promise<boolean> {
    return command(
      async () => {
        queries.setQueryData(key, await work())
        notify(words)
        await Promise.all([
          queries.invalidateQueries({ queryKey: ['case', caseId] }),
          queries.invalidateQueries({ queryKey: ['cases'] }),
          queries.invalidateQueries({ queryKey: ['near-life'] }),
        ])
      },
      () => refetch(),
    )
  }

  return {
    caseId,
    view: data,
    loadError,
    reload: () => void refetch(),
    isPending,
    error,
    isOvertaken: error instanceof ApiError && error.reason === 'conflict' && error.detail === undefined,
    tell: (command, words) => run(() => lifeApi(api).change(caseId, { ...command, _v: data?._v ?? 0 }), words),
    answer: command => run(() => lifeApi(api).answer(caseId, command)),
  }
}
