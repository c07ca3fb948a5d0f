/**
 * Said on both screens when one account is open in two places (안전성 확보조치 기준 제5조④: one account, one person): when and from where. It keeps nobody
 * from working; who recognises it puts it away, who does not signs out everywhere. What is put away comes back with the next sign-in elsewhere.
 */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ElsewhereView } from '../../../shared/protocol/http-api.ts'
import { formatDateTime } from '../../lib/format.ts'
import { useSession } from '../../lib/session.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useTellError } from '../../ui/states.tsx'

const keyOf = ({ at, address }: ElsewhereView) => `${at} ${address}`

/** A line for each address, the newest sign-in first: who forgot to sign out five times at one desk is told so once. */
function ElsewhereList({ others }: { others: readonly ElsewhereView[] }) {
  const { t, i18n } = useTranslation('session')
  const newestFirst = [...others].sort((a, b) => b.at.localeCompare(a.at))
  const addresses = [...new Set(newestFirst.map(({ address }) => address))]
  return (
    <ul className="elsewhere-list">
      {addresses.map(address => {
        const [newest, ...more] = newestFirst.filter(one => one.address === address)
        const when = newest ? formatDateTime(newest.at, i18n.language === 'en' ? 'en' : 'ko') : ''
        const words = { when, address, more: more.length }
        return <li key={address}>{more.length > 0 ? t('elsewhere.whereOften', words) : t('elsewhere.where', words)}</li>
      })}
    </ul>
  )
}

/** Above a page's content; nothing while the account is open here alone. */
export function ElsewhereStrip() {
  const { t } = useTranslation('session')
  const { view, signOutEverywhere } = useSession()
  const tellError = useTellError()
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set())
  const [isPending, setPending] = useState(false)
  const others = (view.elsewhere ?? []).filter(one => !known.has(keyOf(one)))

  async function leave() {
    setPending(true)
    try {
      await signOutEverywhere()
    } catch (error) {
      tellError(error)
      setPending(false)
    }
  }

  return (
    <div aria-live="polite" className="no-print elsewhere">
      {others.length === 0 ? null : (
        <Notice
          tone="warning"
          title={t('elsewhere.title')}
          actions={
            <>
              <Button size="small" onPress={() => setKnown(new Set([...known, ...others.map(keyOf)]))}>
                {t('elsewhere.mine')}
              </Button>
              <Button size="small" look="danger" isPending={isPending} onPress={() => void leave()}>
                {t('elsewhere.leave')}
              </Button>
            </>
          }
        >
          <ElsewhereList others={others} />
          <p>{t('elsewhere.body')}</p>
        </Notice>
      )}
    </div>
  )
}

/** In the account's menu, which the room has as well: the same in few words, and the way to a new password. */
export function ElsewhereInMenu({ onGo }: { onGo: () => void }) {
  const { t } = useTranslation('session')
  const { view } = useSession()
  const others = view.elsewhere ?? []
  if (others.length === 0) return null
  return (
    <Notice tone="warning" title={t('elsewhere.title')}>
      <ElsewhereList others={others} />
      <ButtonLink to="/password" look="text" size="small" onClick={onGo}>
        {t('elsewhere.password')}
      </ButtonLink>
    </Notice>
  )
}
