import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** The head of a screen: its name, a line about it, and its one primary action. Also names the browser's tab. */
export function PageHeader({
  title,
  lead,
  actions,
  back,
}: {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  back?: ReactNode
}) {
  usePageTitle(title)
  return (
    <div className="page-head">
      {back ? <div className="page-back">{back}</div> : null}
      <div className="page-head-row">
        <h1 className="page-title">{title}</h1>
        {actions ? <div className="page-actions">{actions}</div> : null}
      </div>
      {lead ? <p className="page-lead">{lead}</p> : null}
    </div>
  )
}

/** Names the tab: `내 회의 · 두레`. Never a household's name: tabs are seen by whoever stands behind. */
export function usePageTitle(title: string): void {
  const { t } = useTranslation()
  const app = t('app')
  useEffect(() => {
    document.title = title === app ? app : `${title} · ${app}`
  }, [title, app])
}

/** A part of a screen with its own heading. */
export function Section({
  title,
  lead,
  actions,
  children,
}: {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="section">
      <div className="section-head">
        <h2 className="section-title">{title}</h2>
        {actions ? <div className="section-actions">{actions}</div> : null}
      </div>
      {lead ? <p className="section-lead">{lead}</p> : null}
      {children}
    </section>
  )
}
