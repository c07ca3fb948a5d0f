/** The bell in the head of every page: how many are new, and at a press what they are. */
import { useState } from 'react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { BellIcon } from '../../ui/icons.tsx'
import { ErrorNotice, Loading } from '../../ui/states.tsx'
import { NoticeList } from './notice-list.tsx'
import { useNoticeTexts } from './use-notice-texts.ts'
import { useNoticeCount, useNoticeList, useReadNotices } from './use-notices.ts'
import './notices.css'

/** More are on the page. */
const SHOWN = 8
/** More than anybody counts. */
const MOST_COUNTED = 99

export function Bell() {
  const { t } = useNoticeTexts()
  const unread = useNoticeCount()
  const [isOpen, setOpen] = useState(false)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <AriaButton className="bell" aria-label={unread === 0 ? t('bell') : t('bellUnread', { n: unread })}>
        <BellIcon size={24} />
        {unread > 0 ? (
          <span className="bell-count" aria-hidden="true">
            {unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}
          </span>
        ) : null}
      </AriaButton>
      <Popover className="popover" placement="bottom end">
        <Dialog className="bell-panel" aria-label={t('title')}>
          <BellPanel onLeave={() => setOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function BellPanel({ onLeave }: { onLeave: () => void }) {
  const { t } = useNoticeTexts()
  const { data, error } = useNoticeList()
  const read = useReadNotices()
  const fresh = data?.notices.filter(({ isRead, isOver }) => !isRead && !isOver) ?? []
  return (
    <>
      <div className="bell-head">
        <h2 className="bell-title">{t('title')}</h2>
        {fresh.length > 0 ? (
          <Button
            look="text"
            size="small"
            isPending={read.isPending}
            onPress={() => read.mutate(fresh.map(({ noticeId }) => noticeId))}
          >
            {t('readAll')}
          </Button>
        ) : null}
      </div>
      {error ? <ErrorNotice error={error} /> : null}
      {data === undefined ? (
        error ? null : (
          <Loading />
        )
      ) : fresh.length === 0 ? (
        <p className="quiet">{t('none')}</p>
      ) : (
        <NoticeList
          notices={fresh.slice(0, SHOWN)}
          level={3}
          onFollow={({ noticeId }) => {
            read.mutate([noticeId])
            onLeave()
          }}
        />
      )}
      <div className="bell-foot">
        <ButtonLink to="/notices" look="text" size="small" onClick={onLeave}>
          {t('seeAll')}
        </ButtonLink>
        <ButtonLink to="/notices/settings" look="text" size="small" onClick={onLeave}>
          {t('settings')}
        </ButtonLink>
      </div>
    </>
  )
}
