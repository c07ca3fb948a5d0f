/** The words, what was found by kind, and the way there. Asked on Enter and not while typing: each search is a record of access. */
import { type FormEvent, useRef, useState } from 'react'
import type { SearchKind, SearchView } from '../../../shared/protocol/search.ts'
import { MAX_QUERY_LENGTH } from '../../../shared/search/query.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { EmptyState, ErrorNotice } from '../../ui/states.tsx'
import { searchFor } from './search-api.ts'
import { SearchResults } from './search-results.tsx'
import { useSearchTexts } from './use-search-texts.ts'
import './search.css'

type State =
  | { phase: 'asking' }
  | { phase: 'finding' }
  | { phase: 'found'; query: string; view: SearchView }
  | { phase: 'failed'; error: unknown }

export function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useSearchTexts()
  const api = useApi()
  const [query, setQuery] = useState('')
  const [state, setState] = useState<State>({ phase: 'asking' })
  /** Only the latest question is answered on the screen. */
  const asked = useRef(0)

  const find = async (event: FormEvent) => {
    event.preventDefault()
    const words = query.trim().slice(0, MAX_QUERY_LENGTH)
    if (words === '') return
    const mine = ++asked.current
    setState({ phase: 'finding' })
    const next = await searchFor(api, { query: words }).then(
      (view): State => ({ phase: 'found', query: words, view }),
      (error): State => ({ phase: 'failed', error }),
    )
    if (mine === asked.current) setState(next)
  }

  const more = async (kind: SearchKind) => {
    if (state.phase !== 'found') return
    const mine = asked.current
    const shown = state.view.groups.find(group => group.kind === kind)?.hits.length ?? 0
    const answer = await searchFor(api, { query: state.query, kind, from: shown }).catch((error: unknown) => {
      if (mine === asked.current) setState({ phase: 'failed', error })
    })
    if (answer && mine === asked.current) setState({ ...state, view: withMore(state.view, kind, answer) })
  }

  return (
    <Dialog title={t('title')} isOpen onClose={onClose} size="large">
      <search>
        <form className="search-form" onSubmit={event => void find(event)}>
          <SearchField label={t('label')} description={t('example')} value={query} onChange={setQuery} autoFocus />
          <Button type="submit" look="primary" isPending={state.phase === 'finding'}>
            {t('find')}
          </Button>
        </form>
      </search>
      {/* As high as a few results from the start, so that the field does not move under the hands. */}
      <div className="search-answer">
        <Answer state={state} onClose={onClose} onMore={kind => void more(kind)} />
      </div>
    </Dialog>
  )
}

function Answer(props: { state: State; onClose: () => void; onMore: (kind: SearchKind) => void }) {
  const { state, onClose, onMore } = props
  const { t } = useSearchTexts()
  switch (state.phase) {
    case 'asking':
      return <p className="quiet">{t('lead')}</p>
    case 'finding':
      return (
        <p className="quiet" role="status">
          {t('finding')}
        </p>
      )
    case 'failed':
      return <ErrorNotice error={state.error} />
    case 'found': {
      const { words, groups } = state.view
      if (words.length === 0) return <p role="status">{t('noWords')}</p>
      const quoted = words.map(word => `‘${word}’`).join(' ')
      if (groups.length === 0) {
        return (
          <div role="status">
            <EmptyState title={t('nothing', { words: quoted })}>{t('nothingBody')}</EmptyState>
          </div>
        )
      }
      const count = groups.reduce((sum, group) => sum + group.count, 0)
      return (
        <>
          <p className="quiet" role="status">
            {t('foundBy', { words: quoted, count })}
          </p>
          <SearchResults groups={groups} onGo={onClose} onMore={onMore} />
        </>
      )
    }
  }
}

function withMore(view: SearchView, kind: SearchKind, answer: SearchView): SearchView {
  const added = answer.groups.find(group => group.kind === kind)
  return {
    ...view,
    groups: view.groups.map(group => {
      if (group.kind !== kind) return group
      // What may not be opened any more meanwhile is not counted on.
      const known = new Set(group.hits.map(hit => hit.key))
      const hits = [...group.hits, ...(added?.hits ?? []).filter(hit => !known.has(hit.key))]
      const isAll = added === undefined || added.hits.length === 0
      return { ...group, hits, count: isAll ? hits.length : Math.max(added.count, hits.length) }
    }),
  }
}
