/** The records of a case while they are on the screen: looked for again and again, written, corrected, looked through. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type CaseId, type CommandId, idFromBytes } from '../../../shared/ids.ts'
import type { CaseRecordsView } from '../../../shared/protocol/case-records.ts'
import { useApi } from '../../lib/services.tsx'
import { caseRecordsApi, type RecordsAsked } from './case-records-api.ts'

/** A colleague's note is there within this; asking costs the server a few small reads while nothing is new. */
const LOOK_AGAIN_MS = 20_000

export function useRecordCalls() {
  const api = useApi()
  return useMemo(() => caseRecordsApi(api), [api])
}

export function useCaseRecords(caseId: CaseId, asked: RecordsAsked) {
  const queries = useQueryClient()
  const calls = useRecordCalls()
  const queryKey = ['case-records', caseId, asked.kind ?? '', asked.from ?? 0]
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: () => calls.open(caseId, asked, queries.getQueryData<CaseRecordsView>(queryKey)),
    refetchInterval: LOOK_AGAIN_MS,
    staleTime: 0,
    // Nothing of it stays in memory once it is off the screen.
    gcTime: 0,
    retry: false,
  })
  return {
    data,
    error,
    look: () => void refetch(),
    /** After something was written: every page of them is another. */
    renew: () => queries.invalidateQueries({ queryKey: ['case-records', caseId] }),
  }
}

/** So that a record sent again after a lost answer is written once. */
export const newCommandId = () => idFromBytes<CommandId>(crypto.getRandomValues(new Uint8Array(16)))
