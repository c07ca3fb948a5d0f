/**
 * What a person likes on this PC: language, contrast, text size. Kept in the browser's own store, because it says nothing about anybody;
 * case content never goes there. A change made in one tab reaches the others.
 */
import type { Language } from './format.ts'

export interface Preferences {
  language: Language
  contrast: 'normal' | 'high'
  textSize: 'normal' | 'large' | 'larger'
}

const KEY = 'dure.preferences'
const DEFAULTS: Preferences = { language: 'ko', contrast: 'normal', textSize: 'normal' }

/** Reads what is stored; anything odd falls back to the default, field by field. */
export function parsePreferences(text: string | null): Preferences {
  let stored: unknown
  try {
    stored = JSON.parse(text ?? 'null')
  } catch {
    // Somebody else's or a damaged value: the defaults are a good answer.
  }
  const found = (typeof stored === 'object' && stored !== null ? stored : {}) as Record<string, unknown>
  return {
    language: found.language === 'en' ? 'en' : DEFAULTS.language,
    contrast: found.contrast === 'high' ? 'high' : DEFAULTS.contrast,
    textSize: found.textSize === 'large' || found.textSize === 'larger' ? found.textSize : DEFAULTS.textSize,
  }
}

export interface PreferenceStore {
  current(): Preferences
  change(change: Partial<Preferences>): void
  subscribe(listener: () => void): () => void
}

/** The preferences of this browser, applied to the page's root element at once and at every change. */
export function createPreferenceStore(window: Window): PreferenceStore {
  const listeners = new Set<() => void>()
  let current = parsePreferences(read())
  apply()

  window.addEventListener('storage', event => {
    if (event.key !== KEY) return
    set(parsePreferences(event.newValue))
  })

  function read(): string | null {
    try {
      return window.localStorage.getItem(KEY)
    } catch {
      // A browser that forbids storage: the choice lasts as long as the page.
      return null
    }
  }

  function set(next: Preferences) {
    current = next
    apply()
    for (const listener of listeners) listener()
  }

  function apply() {
    const root = window.document.documentElement
    root.lang = current.language
    root.dataset.contrast = current.contrast
    root.dataset.textSize = current.textSize
  }

  return {
    current: () => current,
    change(change) {
      set({ ...current, ...change })
      try {
        window.localStorage.setItem(KEY, JSON.stringify(current))
      } catch {
        // As above: without storage the choice lasts as long as the page.
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
