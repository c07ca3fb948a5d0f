import { Link } from 'react-router'
import { CASE_RECORD_KINDS } from '../../../shared/case-records/kinds.ts'
import { ACTION_STATUSES } from '../../../shared/codes.ts'
import type { SearchHit, SearchKind, SearchView } from '../../../shared/protocol/search.ts'
import { formatDate, formatDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { Marked } from '../../ui/marked.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { placeOf } from './place-of.ts'
import { useSearchTexts } from './use-search-texts.ts'

/** By kind, decisions first: mostly it is asked what was decided. */
export function SearchResults(props: {
  groups: SearchView['groups']
  onGo: () => void
  onMore: (kind: SearchKind) => void
}) {
  const { groups, onGo, onMore } = props
  const { t } = useSearchTexts()
  return groups.map(({ kind, count, hits }) => (
    <section key={kind} className="search-group">
      <h3 className="search-kind">
        {t(`kinds.${kind}`)} <span className="quiet">{count}</span>
      </h3>
      <ul className="search-hits">
        {hits.map(hit => (
          <Hit key={hit.key} hit={hit} onGo={onGo} />
        ))}
      </ul>
      {hits.length < count ? (
        <Button
          look="text"
          size="small"
          aria-label={t('moreLabel', { kind: t(`kinds.${kind}`), n: count - hits.length })}
          onPress={() => onMore(kind)}
        >
          {t('more', { n: count - hits.length })}
        </Button>
      ) : null}
    </section>
  ))
}

function Hit({ hit, onGo }: { hit: SearchHit; onGo: () => void }) {
  const { t, language } = useSearchTexts()
  const codes = useCodeSets()
  const { kind, part, title, conferenceTitle, at, agencyName, decisionKind, status, due } = hit
  const facts = [
    part === 'title' ? '' : title,
    kind === 'conference' || conferenceTitle === '' ? '' : conferenceTitle,
    at === null ? '' : formatDate(at, language),
    kind === 'action' && due !== '' ? t('due', { day: formatDay(due, language) }) : '',
  ].filter(Boolean)
  return (
    <li>
      <Link to={placeOf(hit)} className="search-hit" onClick={onGo}>
        <span className="search-excerpt">
          <Marked {...hit.excerpt} />
        </span>
        <span className="facts">
          {decisionKind ? <Chip tone="primary">{codes.label('decision_kind', decisionKind)}</Chip> : null}
          {status ? <Chip>{ACTION_STATUSES[status][language]}</Chip> : null}
          {hit.recordKind ? <Chip>{CASE_RECORD_KINDS[hit.recordKind][language]}</Chip> : null}
          {part === 'title' || part === 'text' ? null : <Chip>{t(`parts.${part}`)}</Chip>}
          {agencyName === '' ? null : <span className="search-agency">{agencyName}</span>}
          <span>{facts.join(' · ')}</span>
        </span>
      </Link>
    </li>
  )
}
