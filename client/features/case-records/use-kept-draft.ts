/** Keeps what is being written on the server, a little after each pause, so that it survives a reload and a lost line (SPEC CR13). */
import { useEffect, useRef, useState } from 'react'
import type { CaseRecordKind } from '../../../shared/case-records/kinds.ts'
import type { CaseId } from '../../../shared/ids.ts'
import { ApiError } from '../../lib/api.ts'
import { useRecordCalls } from './use-case-records.ts'

/** Long enough that a sentence is one draft, short enough that a reload costs no more than a sentence. */
const PAUSE_MS = 2000
const AGAIN_MS = 8000

export type DraftState = { is: 'nothing' | 'keeping' | 'waiting' } | { is: 'kept'; at: number }

/** @param draft what there is now; undefined while there is nothing to keep, or nothing may be kept */
export function useKeptDraft(
  caseId: CaseId,
  kind: CaseRecordKind,
  draft: string | undefined,
): { state: DraftState; settled: () => Promise<unknown> } {
  const calls = useRecordCalls()
  const [state, setState] = useState<DraftState>({ is: 'nothing' })
  const kept = useRef<string | undefined>(undefined)
  const [attempt, setAttempt] = useState(0)
  /** What is on its way: a draft that arrives behind its record would stay although nobody is writing any more. */
  const keeping = useRef<Promise<unknown>>(Promise.resolve())
  useEffect(() => {
    if (draft === undefined || draft === kept.current) return
    let isOver = false
    const timer = setTimeout(
      () => {
        setState({ is: 'keeping' })
        keeping.current = calls.keepDraft(caseId, { kind, draft }).then(
          () => {
            kept.current = draft
            setAttempt(0)
            if (!isOver) setState({ is: 'kept', at: Date.now() })
          },
          (error: unknown) => {
            if (isOver) return
            setState({ is: 'waiting' })
            // What the server refuses it refuses again; a lost line comes back.
            const isLine = error instanceof ApiError && ['unreachable', 'store-unavailable'].includes(error.reason)
            if (isLine) setAttempt(now => now + 1)
          },
        )
      },
      attempt === 0 ? PAUSE_MS : AGAIN_MS,
    )
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [calls, caseId, kind, draft, attempt])
  return { state, settled: () => keeping.current }
}
