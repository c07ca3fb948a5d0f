/** On the start page, under today's conferences: what waits for me, and what ends this week. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import type { HomeView } from '../../../shared/protocol/home.ts'
import { formatShortDay, seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { Section } from '../../ui/page.tsx'
import { type Lapse, lapsesOf, type Task, tasksOf } from './tasks.ts'
import { useHomeTexts } from './use-home-texts.ts'
import './home.css'

/** As often as the list of conferences: a reading-back waits for minutes, not for hours. */
const REFETCH_MS = 30_000
const SHOWN = 5

/** Nothing while it is not known: the page is about today's meetings first. */
export function HomeTasks() {
  const { t } = useHomeTexts()
  const api = useApi()
  const home = useQuery({
    queryKey: ['home'],
    queryFn: () => api.call<HomeView>('GET', '/home'),
    refetchInterval: REFETCH_MS,
  })
  // The same list that stands below: asked for once.
  const actions = useQuery({ queryKey: ['actions', 'near'], queryFn: () => api.nearActions() })
  const [isAll, setAll] = useState(false)
  if (home.data === undefined || actions.data === undefined) return null
  const { asked, bases } = home.data
  const tasks = tasksOf(asked, actions.data.actions, bases)
  const lapses = lapsesOf(asked, actions.data.actions, seoulDay(Date.now()))
  const shown = isAll ? tasks : tasks.slice(0, SHOWN)
  return (
    <div className="home-tasks">
      <Section title={t('asked')} actions={tasks.length > 0 ? <Chip tone="primary">{tasks.length}</Chip> : undefined}>
        {tasks.length === 0 ? (
          <p className="quiet">{t('nothing')}</p>
        ) : (
          <ul className="home-list">
            {shown.map(task => (
              <TaskRow key={task.key} task={task} />
            ))}
          </ul>
        )}
        {shown.length < tasks.length ? (
          <Button look="text" size="small" onPress={() => setAll(true)}>
            {t('more', { n: tasks.length - shown.length })}
          </Button>
        ) : null}
      </Section>
      {lapses.length === 0 ? null : (
        <Section title={t('week')}>
          <ul className="home-list">
            {lapses.slice(0, SHOWN).map(lapse => (
              <LapseRow key={lapse.key} lapse={lapse} />
            ))}
          </ul>
          {lapses.length > SHOWN ? (
            <ButtonLink to="/actions" look="text" size="small">
              {t('more', { n: lapses.length - SHOWN })}
            </ButtonLink>
          ) : null}
        </Section>
      )}
    </div>
  )
}

function TaskRow({ task: { why, what, where, due, to } }: { task: Task }) {
  const { t, language } = useHomeTexts()
  const isMinutes = why === 'minutesRead'
  const day = due === '' ? '' : formatShortDay(due, language)
  const until = day === '' ? '' : isMinutes ? t('objectUntil', { day }) : t('until', { day })
  const isLive = why === 'statement' || why === 'readBack'
  return (
    <li className="home-row">
      <div>
        <p className="home-why">{t(`kinds.${why}`)}</p>
        <p className="home-what">{[what, where, until].filter(Boolean).join(' · ')}</p>
      </div>
      <ButtonLink
        to={to}
        size="small"
        look={isLive ? 'secondary' : 'tertiary'}
        aria-label={t('goLabel', { title: `${what}: ${t(`kinds.${why}`)}` })}
      >
        {t('go')}
      </ButtonLink>
    </li>
  )
}

function LapseRow({ lapse: { what, where, due, daysLeft, isMinutes, to } }: { lapse: Lapse }) {
  const { t, language } = useHomeTexts()
  const day = formatShortDay(due, language)
  return (
    <li className="home-row home-lapse">
      <p className="home-day">
        {daysLeft < 0 ? (
          <Chip tone="danger">{t('overdue', { n: -daysLeft })}</Chip>
        ) : (
          <span>{daysLeft === 0 ? t('today') : t('until', { day })}</span>
        )}
      </p>
      <p>
        <Link to={to}>{what}</Link>
        <span className="home-what">
          {' '}
          {[where, isMinutes ? t('objectUntil', { day }) : ''].filter(Boolean).join(' · ')}
        </span>
      </p>
    </li>
  )
}
