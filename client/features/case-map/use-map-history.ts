/** My own steps on the map, taken back and done again one by one. What others draw is never taken back by it. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import * as Y from 'yjs'
import { MAP_ROOT_NAMES } from '../../../shared/documents/case-map.ts'

const MINE = { name: 'case-map' }

export interface MapHistory {
  /** Does something to the document in one step. `said` is announced. */
  run(said: string, change: () => void): void
  /** For what may be refused: announced is what the change answers. */
  attempt(change: () => string): void
  canUndo: boolean
  canRedo: boolean
  undo(): void
  redo(): void
  /** What was done last, in words, for a screen reader and whoever missed it. */
  said: string
}

export function useMapHistory(doc: Y.Doc, words: { undone: string; redone: string }): MapHistory {
  const manager = useRef<Y.UndoManager | null>(null)
  const [steps, setSteps] = useState({ undo: 0, redo: 0 })
  const [said, setSaid] = useState('')
  const { undone, redone } = words
  useEffect(() => {
    const made = new Y.UndoManager(
      MAP_ROOT_NAMES.map(name => doc.getMap(name)),
      { trackedOrigins: new Set([MINE]), captureTimeout: 0 },
    )
    manager.current = made
    const count = () => setSteps({ undo: made.undoStack.length, redo: made.redoStack.length })
    made.on('stack-item-added', count)
    made.on('stack-item-popped', count)
    count()
    return () => {
      manager.current = null
      made.destroy()
    }
  }, [doc])
  const attempt = useCallback(
    (change: () => string) => {
      let answer = ''
      doc.transact(() => {
        answer = change()
      }, MINE)
      setSaid(answer)
    },
    [doc],
  )
  const run = useCallback(
    (words: string, change: () => void) =>
      attempt(() => {
        change()
        return words
      }),
    [attempt],
  )
  const undo = useCallback(() => {
    manager.current?.undo()
    setSaid(undone)
  }, [undone])
  const redo = useCallback(() => {
    manager.current?.redo()
    setSaid(redone)
  }, [redone])
  return useMemo(
    () => ({ run, attempt, canUndo: steps.undo > 0, canRedo: steps.redo > 0, undo, redo, said }),
    [run, attempt, steps, undo, redo, said],
  )
}
