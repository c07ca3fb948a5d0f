/**
 * Search from anywhere: Ctrl+K, also out of an editor, or `/` where nobody is typing. It opens over the screen that one is on, and nothing of
 * that screen is left.
 */
import { createContext, lazy, type ReactNode, Suspense, use, useEffect, useMemo, useRef, useState } from 'react'
import { useSession } from '../../lib/session.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { SearchIcon } from '../../ui/icons.tsx'
import { asksForSearch } from './search-keys.ts'
import { useSearchTexts } from './use-search-texts.ts'

const SearchDialog = lazy(async () => ({ default: (await import('./search-dialog.tsx')).SearchDialog }))

/** After this the editor has read the finished syllable. */
const AFTER_SYLLABLE_MS = 50

const SearchContext = createContext<(() => void) | undefined>(undefined)

export function SearchProvider({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const { covered } = useSession()
  const isBlocked = useRef(covered)
  isBlocked.current = covered
  const open = useMemo(() => () => setOpen(true), [])

  useEffect(() => {
    let waiting = false
    const show = () => {
      if (!isBlocked.current && document.querySelector('[role=dialog], [role=alertdialog]') === null) open()
    }
    const onKey = (event: KeyboardEvent) => {
      if (!asksForSearch(event, document.activeElement)) return
      // The browser's own search bar, or a slash in the page's find.
      event.preventDefault()
      // The syllable under the hands is finished first.
      if (event.isComposing) waiting = true
      else show()
    }
    const onComposed = () => {
      if (!waiting) return
      waiting = false
      setTimeout(show, AFTER_SYLLABLE_MS)
    }
    window.addEventListener('keydown', onKey, true)
    window.addEventListener('compositionend', onComposed, true)
    return () => {
      window.removeEventListener('keydown', onKey, true)
      window.removeEventListener('compositionend', onComposed, true)
    }
  }, [open])

  // What was found does not stay behind the cover that hides the screen.
  useEffect(() => {
    if (covered) setOpen(false)
  }, [covered])

  return (
    <SearchContext value={open}>
      {children}
      {isOpen ? (
        <Suspense fallback={null}>
          <SearchDialog onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </SearchContext>
  )
}

/** The way in with the mouse. Nothing where there is no search (the operator sees no case). */
export function SearchButton({ look = 'words' }: { look?: 'words' | 'icon' }) {
  const { t } = useSearchTexts()
  const open = use(SearchContext)
  if (open === undefined) return null
  if (look === 'icon') {
    return (
      <IconButton label={t('open')} onPress={open} aria-keyshortcuts="Control+K">
        <SearchIcon />
      </IconButton>
    )
  }
  return (
    <Button look="tertiary" onPress={open} aria-keyshortcuts="Control+K">
      <SearchIcon />
      {t('open')}
    </Button>
  )
}
