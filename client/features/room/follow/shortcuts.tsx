/**
 * The meeting's keyboard: Ctrl+Alt and a key, told by its place (`event.code`), so that it works while the keyboard is in Hangul mode and never
 * collides with an editor's keys. Every part of the room declares its own; the help (Ctrl+/) lists what can be done now.
 */
import { createContext, type ReactNode, use, useEffect, useId, useMemo, useRef, useState } from 'react'
import { must } from '../../../../shared/assert.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { useMeetingTexts } from './use-meeting-texts.ts'

export interface Shortcut {
  /** The key's place, e.g. `KeyN`, `BracketLeft`. */
  code: string
  /** What it does, as a verb. */
  label: string
  isDisabled?: boolean
  run: () => void
}

interface Shortcuts {
  declare(id: string, shortcut: Shortcut): () => void
  showHelp(): void
}

const ShortcutsContext = createContext<Shortcuts | undefined>(undefined)

/** Declares a key of the meeting for as long as the component is shown. The last one declared for a key has it. */
export function useShortcut(shortcut: Shortcut): void {
  const { declare } = must(use(ShortcutsContext), 'shortcuts')
  const id = useId()
  useEffect(() => declare(id, shortcut))
}

export function useShortcutHelp(): () => void {
  return must(use(ShortcutsContext), 'shortcuts').showHelp
}

/** `Ctrl+Alt+N`, for `aria-keyshortcuts` and the help. */
export function keysOf(code: string): string {
  const names: Record<string, string> = { BracketLeft: '[', BracketRight: ']', Enter: 'Enter' }
  return `Ctrl+Alt+${names[code] ?? code.replace(/^(Key|Digit)/, '')}`
}

const isChord = (event: KeyboardEvent) =>
  event.ctrlKey && event.altKey && !event.metaKey && !event.shiftKey && !event.getModifierState('AltGraph')

const isHelp = (event: KeyboardEvent) => event.ctrlKey && !event.altKey && !event.shiftKey && event.code === 'Slash'

/** After this the editor has read the finished syllable. */
const AFTER_SYLLABLE_MS = 50

export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const declared = useRef(new Map<string, Shortcut>())
  const [help, setHelp] = useState<readonly Shortcut[] | null>(null)
  const { t } = useMeetingTexts()

  const shortcuts = useMemo<Shortcuts>(
    () => ({
      declare(id, shortcut) {
        declared.current.set(id, shortcut)
        return () => declared.current.delete(id)
      },
      showHelp: () => setHelp([...declared.current.values()].filter(one => one.isDisabled !== true)),
    }),
    [],
  )

  useEffect(() => {
    const find = (code: string) => [...declared.current.values()].findLast(one => one.code === code)
    let waiting: (() => void) | null = null
    const onKey = (event: KeyboardEvent) => {
      if (isHelp(event)) {
        event.preventDefault()
        shortcuts.showHelp()
        return
      }
      if (!isChord(event)) return
      const shortcut = find(event.code)
      if (shortcut === undefined || shortcut.isDisabled) return
      event.preventDefault()
      event.stopPropagation()
      // A dialog has been opened over the room: its keys are its own.
      if (document.querySelector('[role=dialog], [role=alertdialog]') !== null) return
      // The last syllable is finished first, or it would be lost with its editor.
      if (event.isComposing) waiting = shortcut.run
      else {
        waiting = null
        shortcut.run()
      }
    }
    const onComposed = () => {
      const run = waiting
      if (run === null) return
      setTimeout(() => {
        if (waiting === run) run()
        waiting = null
      }, AFTER_SYLLABLE_MS)
    }
    window.addEventListener('keydown', onKey, true)
    window.addEventListener('compositionend', onComposed, true)
    return () => {
      window.removeEventListener('keydown', onKey, true)
      window.removeEventListener('compositionend', onComposed, true)
    }
  }, [shortcuts])

  const editing = [
    ['Ctrl+Enter', t('keys.decision')],
    ['Ctrl+Shift+Enter', t('keys.action')],
    ['Ctrl+B · Ctrl+I · Ctrl+U', t('keys.look')],
    ['Ctrl+Alt+1–3', t('keys.heading')],
    ['Ctrl+Z', t('keys.undo')],
    ['Ctrl+/', t('keys.help')],
  ] as const
  return (
    <ShortcutsContext value={shortcuts}>
      {children}
      <Dialog title={t('keys.title')} isOpen={help !== null} onClose={() => setHelp(null)}>
        <KeyTable title={t('keys.meeting')} rows={(help ?? []).map(one => [keysOf(one.code), one.label] as const)} />
        <KeyTable title={t('keys.writing')} rows={editing} />
      </Dialog>
    </ShortcutsContext>
  )
}

function KeyTable({ title, rows }: { title: string; rows: readonly (readonly [keys: string, label: string])[] }) {
  if (rows.length === 0) return null
  return (
    <section className="key-table" aria-label={title}>
      <h3 className="panel-title">{title}</h3>
      <dl>
        {rows.map(([keys, label]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
