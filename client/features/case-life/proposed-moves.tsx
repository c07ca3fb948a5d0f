/**
 * On the start page: households about which a conference decided the same. After a meeting about twenty of them nobody opens twenty pages: one press, asked
 * once, moves all of them, each by its own decision and as its own entry. What cannot go stays and is named with its page.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import type { NearLifeView } from '../../../shared/protocol/case-life.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { lifeApi } from './life-api.ts'
import { useLifeTexts } from './use-life-texts.ts'

export type ProposedMove = Extract<NearLifeView['asked'][number], { kind: 'proposed' }>

/** Those of one decision and one stage together, in the order in which each kind comes first. */
export function groupsOf(asked: NearLifeView['asked']): ProposedMove[][] {
  const groups = new Map<string, ProposedMove[]>()
  for (const one of asked) {
    if (one.kind !== 'proposed') continue
    const key = `${one.decision} ${one.to}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()]
}

/** Resolves with whether it was moved: by the decision that proposes it, and by nothing else. */
async function moveOne(calls: ReturnType<typeof lifeApi>, { caseId, to, decision }: ProposedMove): Promise<boolean> {
  const view = await calls.open(caseId)
  const proposal = view.proposals.find(one => one.to === to && one.decision.kind === decision)
  const isReady = view.next.some(next => next.to === to && next.missing.length === 0 && !next.needsReason)
  if (proposal === undefined || !isReady) return false
  await calls.change(caseId, { do: 'move', to, decisionId: proposal.decision.decisionId, _v: view._v })
  return true
}

export function ProposedMoves({ moves }: { moves: readonly ProposedMove[] }) {
  const { t } = useLifeTexts()
  const codes = useCodeSets()
  const calls = lifeApi(useApi())
  const queries = useQueryClient()
  const notify = useNotices()
  const [isAsking, setAsking] = useState(false)
  const [tried, setTried] = useState<number>()
  const [left, setLeft] = useState<readonly ProposedMove[]>([])
  const [first] = moves
  if (first === undefined) return null
  const stage = codes.label('case_stage', first.to)
  const words = { stage, n: moves.length, decision: codes.label('decision_kind', first.decision) }

  async function moveAll() {
    setAsking(false)
    setTried(0)
    const stayed: ProposedMove[] = []
    for (const [at, move] of moves.entries()) {
      // Somebody was quicker, or the line went: that household stays and is named, the others go on.
      const isMoved = await moveOne(calls, move).catch(() => false)
      if (!isMoved) stayed.push(move)
      setTried(at + 1)
    }
    setTried(undefined)
    setLeft(stayed)
    const moved = moves.length - stayed.length
    if (moved > 0) notify(t('home.movedAll', { n: moved, stage }))
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['near-life'] }),
      queries.invalidateQueries({ queryKey: ['cases'] }),
    ])
  }

  return (
    <li className="home-row">
      <div>
        <p className="home-why">
          {moves.length === 1 ? t('home.proposed', { label: first.label, ...words }) : t('home.proposedMany', words)}
        </p>
        <p className="home-what life-proposed">
          {moves.map(({ caseId, label }) => (
            <Link key={caseId} to={`/cases/${caseId}/life`} aria-label={t('home.openLabel', { label })}>
              {label}
            </Link>
          ))}
        </p>
        {left.length > 0 ? (
          <Notice tone="warning" announce="status">
            {t('home.stayed', { labels: left.map(({ label }) => label).join(', ') })}
          </Notice>
        ) : null}
      </div>
      <span>
        <Button size="small" isPending={tried !== undefined} onPress={() => setAsking(true)}>
          {t('home.move', { stage })}
        </Button>
        {tried === undefined ? null : (
          <span role="status" className="home-what">
            {' '}
            {t('home.moving', { done: tried, all: moves.length })}
          </span>
        )}
      </span>
      <ConfirmDialog
        title={t('home.moveTitle', words)}
        isOpen={isAsking}
        action={t('home.move', { stage })}
        onCancel={() => setAsking(false)}
        onConfirm={() => void moveAll()}
      >
        <p>{t('home.moveBody', words)}</p>
      </ConfirmDialog>
    </li>
  )
}
