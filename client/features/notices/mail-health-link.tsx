import { NavLink } from 'react-router'
import { useNoticeTexts } from './use-notice-texts.ts'

/** In the operator's menu. */
export function MailHealthLink() {
  const { t } = useNoticeTexts()
  return <NavLink to="/mail">{t('health.link')}</NavLink>
}
