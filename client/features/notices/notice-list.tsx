/** Notices by conference and household, for the bell and the page. */
import { Link } from 'react-router'
import type { NoticeGroup, NoticeView } from '../../../shared/protocol/notices.ts'
import { formatDateTime, formatShortDay } from '../../lib/format.ts'
import { groupsOf, wayOf, wordsOf } from './notice-groups.ts'
import { useNoticeTexts } from './use-notice-texts.ts'

interface Props {
  notices: readonly NoticeView[]
  /** Of the groups' headings. */
  level: 2 | 3
  /** Somebody goes to what it is about. */
  onFollow: (notice: NoticeView) => void
}

export function NoticeList({ notices, level, onFollow }: Props) {
  return (
    <div className="notice-groups">
      {groupsOf(notices).map(({ key, group, notices: own }) => (
        <section key={key} className="notice-group">
          <GroupName group={group} level={level} />
          <ul className="notice-rows">
            {own.map(notice => (
              <NoticeRow key={notice.noticeId} notice={notice} onFollow={() => onFollow(notice)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function GroupName({ group, level }: { group: NoticeGroup; level: Props['level'] }) {
  const { t, language } = useNoticeTexts()
  const Heading = `h${level}` as const
  const when = 'startsAt' in group ? formatDateTime(group.startsAt, language) : ''
  if (group.of === 'desk' || group.of === 'referrals') {
    return <Heading className="notice-group-name">{t(group.of)}</Heading>
  }
  return (
    <Heading className="notice-group-name">
      {group.of === 'case' ? group.label : group.of === 'past' ? t('heldAt', { when }) : group.title}
      {group.of === 'past' ? null : (
        <>
          {' '}
          <span className="notice-group-more">{group.of === 'case' ? group.number : when}</span>
        </>
      )}
    </Heading>
  )
}

function NoticeRow({ notice, onFollow }: { notice: NoticeView; onFollow: () => void }) {
  const { t, language } = useNoticeTexts()
  const way = wayOf(notice)
  const words = t(`kinds.${wordsOf(notice)}`, { agency: notice.agency ?? '' })
  const isNew = !notice.isRead && !notice.isOver
  const about = [
    notice.action?.what ?? '',
    notice.due && !notice.isOver && notice.kind !== 'minutes_objected'
      ? t(untilWords(notice.kind), { day: formatShortDay(notice.due, language) })
      : '',
  ].filter(Boolean)
  return (
    <li className={`notice-row${isNew ? ' notice-new' : ''}${notice.isOver ? ' notice-over' : ''}`}>
      <span className="notice-mark" aria-hidden="true" />
      <div className="notice-words">
        <p>
          {isNew ? <span className="visually-hidden">{t('unread')}: </span> : null}
          {way === undefined ? (
            words
          ) : (
            <Link to={way} onClick={onFollow}>
              {words}
            </Link>
          )}
        </p>
        {about.length > 0 ? <p className="notice-about">{about.join(' · ')}</p> : null}
        <p className="notice-when">
          {formatDateTime(notice.at, language)}
          {notice.isOver ? ` · ${t('over')}` : ''}
        </p>
      </div>
    </li>
  )
}

function untilWords(kind: NoticeView['kind']) {
  if (kind.startsWith('basis_')) return 'basisUntil'
  return kind.startsWith('request_') ? 'requestUntil' : 'until'
}
