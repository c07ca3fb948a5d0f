import { useState } from 'react'
import { type CommandId, idFromBytes } from '../../../shared/ids.ts'
import { ApiError } from '../../lib/api.ts'

const newCommand = () => idFromBytes<CommandId>(crypto.getRandomValues(new Uint8Array(16)))

/** Sending a form once, whatever becomes of the answer: the same command until it is saved. What was typed stays. */
export function useSaving<View>(options: { onSaved: (view: View) => void; onReload: () => Promise<void> }) {
  const [command] = useState(newCommand)
  const [error, setError] = useState<unknown>()
  const [isPending, setPending] = useState(false)
  return {
    error,
    isPending,
    isConflict: error instanceof ApiError && error.reason === 'conflict',
    async save(send: (command: CommandId) => Promise<View>): Promise<boolean> {
      setPending(true)
      setError(undefined)
      try {
        options.onSaved(await send(command))
        return true
      } catch (failure) {
        setError(failure)
        if (failure instanceof ApiError && failure.reason === 'conflict') await options.onReload()
        return false
      } finally {
        setPending(false)
      }
    },
  }
}
