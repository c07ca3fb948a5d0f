/** One command of a form or a button: whether it is under way, and why the last one did not go. */
import { useState } from 'react'

export interface Command {
  /** Why the last one did not go; nothing from the moment the next one begins. */
  error: unknown
  isPending: boolean
  /**
   * @param failed told what went wrong once it stands in `error`, e.g. to load what somebody else has changed; pending until it is done
   * @returns whether the command went
   */
  run(command: () => Promise<unknown>, failed?: (failure: unknown) => unknown): Promise<boolean>
  /** Takes back what the server said of an earlier try, e.g. because now a field is at fault. */
  forget(): void
}

export function useCommand(): Command {
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  async function run(command: () => Promise<unknown>, failed?: (failure: unknown) => unknown): Promise<boolean> {
    setPending(true)
    setError(undefined)
    try {
      await command()
      return true
    } catch (failure) {
      setError(failure)
      await failed?.(failure)
      return false
    } finally {
      setPending(false)
    }
  }
  return { error, isPending, run, forget: () => setError(undefined) }
}
