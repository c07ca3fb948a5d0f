import { usePageTitle } from '../../ui/page.tsx'
import { EntryFrame } from '../session/entry-frame.tsx'
import { useGuestTexts } from './use-guest-texts.ts'

/** The calm page at the end: the meeting is over for this guest, and nothing lies beneath. */
export function GuestEnd() {
  const { t } = useGuestTexts()
  usePageTitle(t('end.title'))
  return (
    <EntryFrame agencyName={null}>
      <h1 className="entry-title">{t('end.title')}</h1>
      <p>{t('end.body')}</p>
      <p className="quiet">{t('end.again')}</p>
    </EntryFrame>
  )
}
