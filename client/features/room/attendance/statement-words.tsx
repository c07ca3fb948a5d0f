/** The confidentiality statement in plain words. What binds is the law that it names. */
import { useAttendanceTexts } from './use-attendance-texts.ts'

export function StatementWords({ id, isHost }: { id: string; isHost: boolean }) {
  const { t } = useAttendanceTexts()
  return (
    <section className="statement" id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{t('statement.title')}</h3>
      <ul>
        <li>{t('statement.learned')}</li>
        <li>{t('statement.outside')}</li>
        <li>{t('statement.after')}</li>
      </ul>
      <p className="quiet">{t('statement.law')}</p>
      <p className="quiet">{t(isHost ? 'statement.yearly' : 'statement.once')}</p>
    </section>
  )
}
