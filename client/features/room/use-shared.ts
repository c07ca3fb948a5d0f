/** Shared types in React: read again when one of the named roots changed, by whomever; and my own steps, taken back one by one. */
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import * as Y from 'yjs'

/** @param read a function that stays the same between renders */
export function useShared<T>(doc: Y.Doc, roots: readonly string[], read: (doc: Y.Doc) => T): T {
  const names = roots.join(' ')
  const [version, bump] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const stop = watchRoots(doc, names.split(' '), bump)
    // What came between the first drawing and this line.
    bump()
    return stop
  }, [doc, names])
  // The version says that the same document reads differently now.
  const seen = useRef(version)
  seen.current = version
  return useMemo(() => ({ of: read(doc), version }), [doc, read, version]).of
}

/**
 * Calls back after each transaction that changed one of these roots; gives back how to stop. A root that is new here comes without its type, and whoever
 * reads it first puts a typed one in its place, which the transaction does not name: another root under the name is a change as well.
 */
export function watchRoots(doc: Y.Doc, names: readonly string[], onChange: () => void): () => void {
  const known = new Map(names.map(name => [name, doc.share.get(name)]))
  const onTransaction = ({ changedParentTypes }: Y.Transaction) => {
    let hasChanged = false
    for (const name of names) {
      const root = doc.share.get(name)
      if (root !== undefined && (root !== known.get(name) || changedParentTypes.has(root))) hasChanged = true
      known.set(name, root)
    }
    if (hasChanged) onChange()
  }
  doc.on('afterTransaction', onTransaction)
  return () => doc.off('afterTransaction', onTransaction)
}

/** Marks the transactions of the screen's own buttons and fields, so that only those are taken back. */
const SCREEN = { name: 'room-screen' }

export interface Undoable {
  /** Does something to the document in one step that can be taken back; `label` says what was done. */
  run(label: string, change: () => void): void
  /** What can be taken back now, in words; null when nothing can. */
  undoLabel: string | null
  undo(): void
  dismiss(): void
}

/** @param roots names of records roots (Y.Map) of the document */
export function useUndoable(doc: Y.Doc, roots: readonly string[]): Undoable {
  const names = roots.join(' ')
  const manager = useRef<Y.UndoManager | null>(null)
  const [undoLabel, setUndoLabel] = useState<string | null>(null)
  useEffect(() => {
    const made = new Y.UndoManager(
      names.split(' ').map(name => doc.getMap(name)),
      { trackedOrigins: new Set([SCREEN]), captureTimeout: 0 },
    )
    manager.current = made
    setUndoLabel(null)
    return () => {
      manager.current = null
      made.destroy()
    }
  }, [doc, names])
  const run = useCallback(
    (label: string, change: () => void) => {
      doc.transact(change, SCREEN)
      setUndoLabel(label)
    },
    [doc],
  )
  const undo = useCallback(() => {
    manager.current?.undo()
    setUndoLabel(null)
  }, [])
  const dismiss = useCallback(() => setUndoLabel(null), [])
  return useMemo(() => ({ run, undoLabel, undo, dismiss }), [run, undoLabel, undo, dismiss])
}
