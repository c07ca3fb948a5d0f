import { useTranslation } from 'react-i18next'
import { CONFERENCE_ROLES, CONFERENCE_STATES, CONFERENCE_TYPES } from '../../../shared/codes.ts'
import type { ConferenceSummary } from '../../../shared/protocol/http-api.ts'
import { useLanguage } from '../../i18n/use-language.ts'
import { formatDate, formatTime } from '../../lib/format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { isLate } from './home-groups.ts'

export function ConferenceRow({
  conference,
  when,
  now,
}: {
  conference: ConferenceSummary
  when: 'time' | 'date'
  now: number
}) {
  const { t } = useTranslation('conferences')
  const language = useLanguage()
  const { conferenceId, title, startsAt, state, myRole, presentCount } = conference
  const room = `/conferences/${conferenceId}`
  const isLive = state === 'live'
  const mayEnter = myRole !== null
  const type = CONFERENCE_TYPES[conference.type][language]
  const facts = [
    // Most titles begin with the type; saying it twice would be noise.
    title.includes(type) ? '' : type,
    t('home.host', { agency: conference.hostAgencyName }),
    conference.place,
    // That I lead is said by my role.
    conference.leaderName === '' || myRole === 'leader' ? '' : t('home.leads', { name: conference.leaderName }),
    myRole ? CONFERENCE_ROLES[myRole][language] : '',
    presentCount > 0 && isLive ? t('home.present', { count: presentCount }) : '',
  ].filter(Boolean)
  return (
    <li className={isLive ? 'conference-row conference-row-live' : 'conference-row'}>
      <div className="conference-when">
        <time dateTime={startsAt}>
          {when === 'date' ? <span className="conference-date">{formatDate(startsAt, language)}</span> : null}
          <span className="conference-time">{formatTime(startsAt)}</span>
        </time>
      </div>
      <div className="conference-what">
        <p className="conference-title">{title}</p>
        <p className="facts">
          {isLive ? <Chip tone="success">● {t('home.live')}</Chip> : null}
          {isLate(conference, now) ? <Chip tone="warning">{t('home.late')}</Chip> : null}
          {state === 'draft' ? <Chip>{CONFERENCE_STATES.draft[language]}</Chip> : null}
          <span>{facts.join(' · ')}</span>
        </p>
      </div>
      <div className="conference-actions">
        {conference.mayChange && state !== 'closed' ? (
          <ButtonLink
            to={`${room}/plan`}
            look={state === 'draft' ? 'secondary' : 'tertiary'}
            aria-label={t('home.changeLabel', { title })}
          >
            {t('home.change')}
          </ButtonLink>
        ) : null}
        {state === 'scheduled' && mayEnter && myRole !== 'observer' ? (
          <ButtonLink to={`${room}/research`} look="tertiary" aria-label={t('home.researchLabel', { title })}>
            {t('home.research')}
          </ButtonLink>
        ) : null}
        {mayEnter && (state === 'live' || state === 'scheduled') ? (
          <ButtonLink to={room} look={isLive ? 'primary' : 'secondary'} aria-label={t('home.enterLabel', { title })}>
            {t('home.enter')}
          </ButtonLink>
        ) : null}
        {mayEnter && state === 'closed' ? (
          <ButtonLink to={`${room}/minutes`} look="secondary" aria-label={t('home.minutesLabel', { title })}>
            {t('home.minutes')}
          </ButtonLink>
        ) : null}
        {mayEnter && state === 'closed' ? (
          <ButtonLink to={room} look="tertiary" aria-label={t('home.lookLabel', { title })}>
            {t('home.look')}
          </ButtonLink>
        ) : null}
      </div>
    </li>
  )
}
