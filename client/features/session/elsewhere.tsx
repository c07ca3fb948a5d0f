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

/** `시각, 주소` of each, as words. */
function useElsewhereWords() {
  const { t, i18n } = useTranslation('session')
  return (one: ElsewhereView) =>
    t('elsewhere.where', {
      when: formatDateTime(one.at, i18n.language === 'en' ? 'en' : 'ko'),
      address: one.address,
    })
}

/** Above a page's content; nothing while the account is open here alone. */
export function ElsewhereStrip() {
  const { t } = useTranslation('session')
  const { view, signOutEverywhere } = useSession()
  const tellError = useTellError()
  const wordsOf = useElsewhereWords()
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
          <ul className="elsewhere-list">
            {others.map(one => (
              <li key={keyOf(one)}>{wordsOf(one)}</li>
            ))}
          </ul>
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
  const wordsOf = useElsewhereWords()
  const others = view.elsewhere ?? []
  if (others.length === 0) return null
  return (
    <Notice tone="warning" title={t('elsewhere.title')}>
      <ul className="elsewhere-list">
        {others.map(one => (
          <li key={keyOf(one)}>{wordsOf(one)}</li>
        ))}
      </ul>
      <ButtonLink to="/password" look="text" size="small" onClick={onGo}>
        {t('elsewhere.password')}
      </ButtonLink>
    </Notice>
  )
}
