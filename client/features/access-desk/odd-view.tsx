/** Odd look-ups as an officer deals with them, and as the person explains them: the same list with other buttons. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  FLAG_MOVES,
  FLAG_STATES,
  FLAG_WORDS,
  type FlagMove,
  type FlagState,
} from '../../../shared/access-desk/flag-moves.ts'
import { ODD_RULES } from '../../../shared/access-desk/odd-looks.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { FlagsView, FlagView, MoveFlagBody } from '../../../shared/protocol/access-desk.ts'
import { ApiError } from '../../lib/api.ts'
import { formatDateTime } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { EmptyState, ErrorNotice, ErrorState, Loading } from '../../ui/states.tsx'
import { accessApi } from './access-api.ts'
import { useAccessTexts } from './use-access-texts.ts'
import './access-desk.css'

const TONES: Record<FlagState, 'neutral' | 'warning' | 'success'> = {
  open: 'warning',
  asked: 'neutral',
  answered: 'warning',
  accepted: 'success',
  set_aside: 'success',
}

export function OddView({ agencyId }: { agencyId: AgencyId }) {
  const { t } = useAccessTexts()
  const api = accessApi(useApi())
  return (
    <Flags
      queryKey={['access-flags', agencyId]}
      read={() => api.flags(agencyId)}
      move={(flag, body) => api.moveFlag(agencyId, flag.flagId, body)}
      lead={t('odd.lead')}
      none={{ title: t('odd.none'), body: t('odd.noneBody') }}
      as="officer"
    />
  )
}

/** What was asked about one's own look-ups. */
export function ExplanationsPage() {
  const { t } = useAccessTexts()
  const api = accessApi(useApi())
  return (
    <>
      <PageHeader title={t('explain.title')} lead={t('explain.lead')} />
      <Flags
        queryKey={['explanations']}
        read={api.explanations}
        move={(flag, body) => api.explain(flag.flagId, body)}
        none={{ title: t('explain.none'), body: t('explain.noneBody') }}
        as="person"
      />
    </>
  )
}

interface FlagsProps {
  queryKey: readonly unknown[]
  read: () => Promise<FlagsView>
  move: (flag: FlagView, body: MoveFlagBody) => Promise<FlagsView>
  lead?: string
  none: { title: string; body: string }
  as: 'officer' | 'person'
}

function Flags({ queryKey, read, move, lead, none, as }: FlagsProps) {
  const { t } = useAccessTexts()
  const { data, error, refetch } = useQuery({ queryKey, queryFn: read, staleTime: 0, gcTime: 0 })
  if (data === undefined) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
  const waiting = data.flags.filter(flag => flag.moves.length > 0).length
  if (data.flags.length === 0) return <EmptyState title={none.title}>{none.body}</EmptyState>
  return (
    <div className="stack">
      {lead ? <p className="quiet">{lead}</p> : null}
      <p role="status">{t('odd.waiting', { n: waiting })}</p>
      <ul className="odd-list">
        {data.flags.map(flag => (
          <FlagCard key={flag.flagId} flag={flag} as={as} queryKey={queryKey} move={body => move(flag, body)} />
        ))}
      </ul>
    </div>
  )
}

function FlagCard({
  flag,
  as,
  queryKey,
  move,
}: {
  flag: FlagView
  as: FlagsProps['as']
  queryKey: readonly unknown[]
  move: (body: MoveFlagBody) => Promise<FlagsView>
}) {
  const { t, language } = useAccessTexts()
  return (
    <li className="card stack">
      <div className="odd-head">
        <h2 className="odd-rule">{ODD_RULES[flag.rule][language]}</h2>
        <Chip tone={TONES[flag.state]}>{FLAG_STATES[flag.state][language]}</Chip>
        <span>
          {as === 'officer' ? `${flag.name} · ` : ''}
          {formatDateTime(flag.at, language)}
          {flag.count > 1 ? ` · ${t('odd.count', { n: flag.count })}` : ''}
          {flag.number
            ? ` · ${t('odd.case', { number: flag.number })}`
            : as === 'person'
              ? ` · ${t('explain.hidden')}`
              : ''}
        </span>
      </div>
      {flag.steps.length > 0 ? (
        <ol className="odd-steps">
          {flag.steps.map(step => (
            <li key={`${step.at} ${step.move}`}>
              <p className="quiet small">
                {t('odd.step', { name: step.name, move: FLAG_MOVES[step.move][language] })} ·{' '}
                {formatDateTime(step.at, language)}
              </p>
              <p className="odd-words">{step.words}</p>
            </li>
          ))}
        </ol>
      ) : null}
      {flag.moves.length > 0 ? (
        <Moves flag={flag} queryKey={queryKey} move={move} />
      ) : as === 'officer' && flag.state === 'open' ? (
        <p className="quiet">{t('odd.own')}</p>
      ) : null}
    </li>
  )
}

function Moves({
  flag,
  queryKey,
  move,
}: {
  flag: FlagView
  queryKey: readonly unknown[]
  move: (body: MoveFlagBody) => Promise<FlagsView>
}) {
  const { t, language } = useAccessTexts()
  const queries = useQueryClient()
  const notify = useNotices()
  const only = flag.moves.length === 1 ? flag.moves[0] : undefined
  const [chosen, setChosen] = useState<FlagMove | undefined>(only)
  const [words, setWords] = useState('')
  const [isTried, setTried] = useState(false)
  const [isPending, setPending] = useState(false)
  const [error, setError] = useState<unknown>()
  const [isStale, setStale] = useState(false)
  const isShort = words.trim().length < FLAG_WORDS.least

  async function go(made: FlagMove) {
    setTried(true)
    if (isShort) return
    setPending(true)
    setError(undefined)
    try {
      const next = await move({ _v: flag._v, move: made, words: words.trim() })
      queries.setQueryData(queryKey, next)
      setWords('')
      setTried(false)
      setChosen(undefined)
      notify(t('odd.done', { move: FLAG_MOVES[made][language] }))
    } catch (failure) {
      if (failure instanceof ApiError && failure.reason === 'conflict') {
        setStale(true)
        await queries.invalidateQueries({ queryKey })
      } else setError(failure)
    } finally {
      setPending(false)
    }
  }

  return (
    <div className="stack">
      {isStale ? <Notice tone="warning">{t('odd.conflict')}</Notice> : null}
      {error ? <ErrorNotice error={error} /> : null}
      {chosen === undefined ? (
        <div className="row">
          {flag.moves.map(one => (
            <Button key={one} look={one === 'set_aside' ? 'tertiary' : 'secondary'} onPress={() => setChosen(one)}>
              {FLAG_MOVES[one][language]}
            </Button>
          ))}
        </div>
      ) : (
        <>
          <TextField
            label={t(`odd.words.${chosen}`)}
            rows={3}
            maxLength={FLAG_WORDS.most}
            value={words}
            onChange={setWords}
            errorMessage={isTried && isShort ? t('odd.short') : undefined}
          />
          <div className="row">
            <Button look="primary" isPending={isPending} onPress={() => void go(chosen)}>
              {FLAG_MOVES[chosen][language]}
            </Button>
            {only === undefined ? (
              <Button look="tertiary" onPress={() => setChosen(undefined)}>
                {t('cancel', { ns: 'common' })}
              </Button>
            ) : null}
          </div>
        </>
      )}
    </div>
  )
}
