/** Everything that a person was told in the last weeks. */
import { useState } from 'react'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { EmptyState, ErrorState, Loading } from '../../ui/states.tsx'
import { NoticeList } from './notice-list.tsx'
import { useNoticeTexts } from './use-notice-texts.ts'
import { useNoticeList, useReadNotices } from './use-notices.ts'
import './notices.css'

const SHOWN = 40

export function NoticesPage() {
  const { t } = useNoticeTexts()
  const { data, error, refetch } = useNoticeList()
  const read = useReadNotices()
  const [isAll, setAll] = useState(false)
  const notices = data?.notices ?? []
  const unread = notices.filter(({ isRead }) => !isRead)
  const shown = isAll ? notices : notices.slice(0, SHOWN)
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            {unread.length > 0 ? (
              <Button
                look="tertiary"
                isPending={read.isPending}
                onPress={() => read.mutate(unread.map(({ noticeId }) => noticeId))}
              >
                {t('readAll')}
              </Button>
            ) : null}
            <ButtonLink to="/notices/settings">{t('settings')}</ButtonLink>
          </>
        }
      />
      {data === undefined ? (
        error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading />
        )
      ) : notices.length === 0 ? (
        <EmptyState title={t('none')}>
          <p>{t('noneBody')}</p>
        </EmptyState>
      ) : (
        <NoticeList notices={shown} level={2} onFollow={({ noticeId, isRead }) => isRead || read.mutate([noticeId])} />
      )}
      {shown.length < notices.length ? (
        <Button look="text" onPress={() => setAll(true)}>
          {t('more', { n: notices.length - shown.length })}
        </Button>
      ) : null}
    </>
  )
}
