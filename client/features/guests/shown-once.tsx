/** What is shown once: the text with the link, to be sent or printed, and apart from it the code, to be read out. */
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { GUEST_PATH, type GuestView } from '../../../shared/protocol/guests.ts'
import type { ConferenceView } from '../../../shared/protocol/http-api.ts'
import { formatDateTime } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { useGuestTexts } from './use-guest-texts.ts'

/** The link's secret stands behind the `#`, which no browser sends to anybody. */
export const linkOf = (origin: string, token: string) => `${origin}${GUEST_PATH}#${token}`

export interface Shown {
  guest: GuestView
  code: string
  /** Undefined with another code for a link that was sent before. */
  token: string | undefined
}

export function ShownOnce({ shown, view, onClose }: { shown: Shown; view: ConferenceView; onClose: () => void }) {
  const { guest, code, token } = shown
  const { t, language } = useGuestTexts()
  const common = useTranslation().t
  const notify = useNotices()
  const letter =
    token === undefined
      ? undefined
      : t('letter', {
          name: guest.name,
          host: view.hostAgencyName,
          when: formatDateTime(view.startsAt, language),
          from: formatDateTime(guest.from, language),
          until: formatDateTime(guest.until, language),
          link: linkOf(window.location.origin, token),
        })

  useEffect(() => {
    document.documentElement.dataset.print = 'guest-letter'
    return () => {
      delete document.documentElement.dataset.print
    }
  }, [])

  async function copy(text: string) {
    try {
      await navigator.clipboard.writeText(text)
      notify(common('copied'))
    } catch {
      // Without https browsers lend no clipboard.
      notify(common('copyFailed'), 'warning')
    }
  }

  return (
    <Dialog
      title={t(letter === undefined ? 'shown.codeOnlyTitle' : 'shown.title')}
      isOpen
      onClose={onClose}
      role="alertdialog"
      footer={
        <Button look="primary" onPress={onClose} autoFocus={letter === undefined}>
          {t('shown.close')}
        </Button>
      }
    >
      <div className="stack">
        <Notice tone="warning">
          {letter === undefined ? t('shown.codeOnly', { name: guest.name }) : t('shown.once')}
        </Notice>
        <section aria-labelledby="guest-code-title">
          <h3 className="guest-shown-title" id="guest-code-title">
            {t('shown.codeTitle')}
          </h3>
          <p className="guest-code" data-testid="guest-code">
            {code.slice(0, 3)} {code.slice(3)}
          </p>
          <p className="quiet small">{t('shown.codeHelp')}</p>
        </section>
        {letter === undefined ? null : (
          <section aria-labelledby="guest-letter-title">
            <div className="guest-row">
              <h3 className="guest-shown-title" id="guest-letter-title">
                {t('shown.letterTitle')}
              </h3>
              <Button look="secondary" size="small" onPress={() => void copy(letter)} autoFocus>
                {t('shown.copy')}
              </Button>
              <Button look="tertiary" size="small" onPress={() => window.print()}>
                {t('shown.print')}
              </Button>
            </div>
            <p className="guest-letter" data-testid="guest-letter">
              {letter}
            </p>
          </section>
        )}
      </div>
    </Dialog>
  )
}
