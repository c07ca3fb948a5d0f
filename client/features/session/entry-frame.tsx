import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../../lib/services.tsx'
import { Choice } from '../../ui/fields.tsx'
import './entry.css'

/** The calm page around sign-in and its relatives: the name of the agency, one card, the language, nothing else. */
export function EntryFrame({
  agencyName,
  children,
  aside,
}: {
  agencyName: string | null
  children: ReactNode
  aside?: ReactNode
}) {
  const { t } = useTranslation()
  const [preferences, change] = usePreferences()
  return (
    <div className="entry">
      <header className="entry-head">
        <p className="entry-name">
          {agencyName ? (
            <>
              <strong>{agencyName}</strong> <span className="quiet">{t('app')}</span>
            </>
          ) : (
            <strong>{t('app')}</strong>
          )}
        </p>
        <Choice
          label={t('header.language')}
          labelHidden
          value={preferences.language}
          onChange={language => change({ language })}
          options={[
            { id: 'ko', label: t('header.korean') },
            { id: 'en', label: t('header.english') },
          ]}
        />
      </header>
      <main className={aside ? 'entry-main entry-main-two' : 'entry-main'}>
        <div className="entry-card">{children}</div>
        {aside}
      </main>
    </div>
  )
}
