import { useState } from 'react'
import { ApiError } from '../../lib/api.ts'

/** One command of a form: its error and whether it is under way. */
export function useCommand() {
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  async function run(command: () => Promise<void>): Promise<void> {
    setPending(true)
    setError(undefined)
    try {
      await command()
    } catch (failure) {
      setError(failure)
    } finally {
      setPending(false)
    }
  }
  return { error, isPending, run }
}

export function isRefused(error: unknown, ...reasons: readonly string[]): error is ApiError {
  return error instanceof ApiError && reasons.includes(error.reason)
}
