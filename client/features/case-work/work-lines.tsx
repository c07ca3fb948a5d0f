/** The calm lines above a case's document: where my words are, who else has it open, and what the line or the server says. */
import { useTranslation } from 'react-i18next'
import { formatTime } from '../../lib/format.ts'
import { useSession } from '../../lib/session.tsx'
import type { LinkState } from '../../room/document-link.ts'
import type { PersonPresence } from '../../room/presence.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { CheckIcon, WarningIcon } from '../../ui/icons.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { isKnownDetail } from '../../ui/states.tsx'
import { type ReceiptShown, useCalm } from '../room/header/receipt-place.tsx'
import type { CaseDocument } from './use-case-document.ts'
import { useCaseWorkTexts } from './use-case-work-texts.ts'

export function ReceiptLine({ state }: { state: LinkState }) {
  const { t } = useCaseWorkTexts()
  const { receipt } = state
  const shown = useCalm(placeOf(state), receipt.pendingSince)
  const isQuiet = shown === 'stored' || shown === 'sending' || shown === 'loading'
  const words =
    shown === 'stored' && receipt.storedAt === null
      ? t('receipt.storedPlain')
      : t(`receipt.${shown}`, { time: receipt.storedAt === null ? '' : formatTime(receipt.storedAt) })
  return (
    <p
      className={`receipt receipt-${shown}`}
      role={isQuiet ? undefined : 'status'}
      data-testid="receipt"
      data-place={shown}
    >
      <span className="visually-hidden">{t('receipt.label')}: </span>
      {shown === 'stored' ? (
        <CheckIcon size={18} />
      ) : isQuiet ? (
        <span className="receipt-dot" aria-hidden="true" />
      ) : (
        <WarningIcon size={18} />
      )}
      <span>{words}</span>
    </p>
  )
}

function placeOf({ receipt, loaded, line }: LinkState): ReceiptShown {
  if (receipt.place === 'stored') return loaded ? 'stored' : 'loading'
  if (line.phase === 'lost' && line.reason === 'store-unavailable') return 'failed'
  return receipt.place
}

export function OthersHere({ people }: { people: readonly PersonPresence[] }) {
  const { t } = useCaseWorkTexts()
  const { person } = useSession()
  return (
    <div className="others-here">
      {people.length === 0 ? (
        <span className="quiet small">{t('here.alone')}</span>
      ) : (
        <ul aria-label={t('here.label')}>
          {people.map(one => (
            <li key={one.userId}>
              <Chip>
                {one.userId === person.userId ? t('here.otherWindow') : `${one.name} · ${one.agencyName}`}
                {one.typing ? ` · ${t('here.typing')}` : ''}
              </Chip>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What keeps me from writing or from being stored, the most pressing first; and what was given back. */
export function WorkLines({ document: { link, state, mayWrite } }: { document: CaseDocument }) {
  const { t } = useCaseWorkTexts()
  const { t: common } = useTranslation()
  const { t: errors } = useTranslation('errors')
  const { line, merged } = state
  const again = (
    <Button size="small" onPress={() => link.retryNow()}>
      {t('line.now')}
    </Button>
  )
  return (
    <>
      <ReturnedWords link={link} state={state} />
      {line.phase === 'refused' ? (
        <Notice
          tone="danger"
          announce="alert"
          title={errors(`${line.reason}.title`)}
          actions={line.gone ? null : again}
        >
          {errors(`${line.reason}.body`)}
        </Notice>
      ) : line.phase === 'signed-out' ? (
        <Notice tone="warning" announce="status">
          {t('line.signedOut')}
        </Notice>
      ) : line.phase === 'lost' ? (
        <Notice tone="warning" announce="status" actions={again}>
          {line.reason === 'store-unavailable'
            ? t('line.store')
            : line.reason === 'server-restarting'
              ? t('line.restarting')
              : t('line.lost')}
        </Notice>
      ) : merged !== null && (merged.sentMine || merged.receivedIn.length > 0) ? (
        <Notice
          tone="success"
          announce="status"
          actions={
            <Button look="text" size="small" onPress={() => link.putAwayMerged()}>
              {common('close')}
            </Button>
          }
        >
          {t('line.merged')}
        </Notice>
      ) : state.loaded && !mayWrite ? (
        <Notice>{t('line.readOnly')}</Notice>
      ) : null}
    </>
  )
}

function ReturnedWords({ link, state: { returned } }: Pick<CaseDocument, 'link' | 'state'>) {
  const { t } = useCaseWorkTexts()
  const { t: common } = useTranslation()
  const { t: errors } = useTranslation('errors')
  const notify = useNotices()
  if (returned === null) return null
  const { reason, detail, words } = returned
  const why = isKnownDetail(detail) ? errors(`details.${detail}`) : `${errors(`${reason}.title`)}.`
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(words.join('\n'))
      notify(common('copied'))
    } catch {
      notify(common('copyFailed'), 'danger')
    }
  }
  return (
    <Notice
      tone="danger"
      title={t('returned.title')}
      announce="alert"
      actions={
        <>
          <Button size="small" onPress={() => void copy()}>
            {t('returned.copy')}
          </Button>
          <Button look="text" size="small" onPress={() => link.putAwayReturned()}>
            {t('returned.putAway')}
          </Button>
        </>
      }
    >
      <p>{t('returned.body', { why })}</p>
      <p className="returned-words">{words.join('\n')}</p>
    </Notice>
  )
}
