import { useCallback, useMemo, useState } from 'react'

export interface Draft<T> {
  /** What the form shows: the record with my edits over it. */
  value: T
  /** Only what I changed. */
  edits: Partial<T>
  isChanged: boolean
  change: <K extends keyof T>(field: K, value: T[K]) => void
  /** After saving. */
  clear: () => void
}

/**
 * A form over a record that others may change meanwhile: only the fields that I touched are mine, so loading the record again brings other
 * people's changes and keeps my typed text.
 */
export function useDraft<T extends object>(base: T): Draft<T> {
  const [edits, setEdits] = useState<Partial<T>>({})
  const value = useMemo(() => ({ ...base, ...edits }), [base, edits])
  const change = useCallback<Draft<T>['change']>((field, next) => setEdits(now => ({ ...now, [field]: next })), [])
  const clear = useCallback(() => setEdits({}), [])
  return { value, edits, isChanged: Object.keys(edits).length > 0, change, clear }
}
