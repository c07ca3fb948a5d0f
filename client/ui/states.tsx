/** What a screen shows when it has nothing, can't have it, or does not have it yet. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorsKo } from '../i18n/errors-ko.ts'
import { ApiError, type TroubleReason } from '../lib/api.ts'
import { Button, ButtonLink } from './button.tsx'
import { Notice, useNotices } from './notice.tsx'

export function Loading({ words }: { words?: string }) {
  const { t } = useTranslation()
  return (
    <p className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      {words ?? t('loading')}
    </p>
  )
}

/** Nothing here yet: says what belongs here, shows an example, offers the first step. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children ? <div className="empty-body">{children}</div> : null}
      {action ? <div className="empty-action">{action}</div> : null}
    </div>
  )
}

/** Whether a refusal's detail has words of its own: they say more exactly what to do. */
export function isKnownDetail(detail: string | undefined): detail is keyof typeof errorsKo.details {
  return detail !== undefined && Object.hasOwn(errorsKo.details, detail)
}

const hasTitle = (detail: string | undefined): detail is keyof typeof errorsKo.detailTitles =>
  detail !== undefined && Object.hasOwn(errorsKo.detailTitles, detail)

const LOOKED_INTO: readonly TroubleReason[] = ['internal', 'bad-message', 'bad-content-type', 'wrong-origin']

/** The words for a failed call: what happened, what is safe, what to do. */
export function useErrorWords(): (error: unknown) => { title: string; body: string; requestId: string | undefined } {
  const { t } = useTranslation('errors')
  return error => {
    const reason = error instanceof ApiError ? error.reason : 'internal'
    const detail = error instanceof ApiError ? error.detail : undefined
    return {
      title: hasTitle(detail) ? t(`detailTitles.${detail}`) : t(`${reason}.title`),
      // A detail that has words of its own says more exactly what to do.
      body: isKnownDetail(detail) ? t(`details.${detail}`) : t(`${reason}.body`),
      // Only where somebody may have to look into the log; elsewhere it would be noise.
      requestId: error instanceof ApiError && LOOKED_INTO.includes(reason) ? error.requestId : undefined,
    }
  }
}

/** Tells at the page's foot what went wrong with a press that has no place of its own for it. */
export function useTellError(): (error: unknown) => void {
  const notify = useNotices()
  const errorWords = useErrorWords()
  return error => {
    const { title, body } = errorWords(error)
    notify(`${title}. ${body}`, 'danger')
  }
}

export function ErrorNotice({ error, actions }: { error: unknown; actions?: ReactNode }) {
  const { t } = useTranslation()
  const { title, body, requestId } = useErrorWords()(error)
  return (
    <Notice tone="danger" title={title} announce="alert" actions={actions}>
      <p>{body}</p>
      {requestId ? <p className="quiet">{t('requestId', { id: requestId })}</p> : null}
    </Notice>
  )
}

/** A whole screen that can't be shown. What may not be seen looks exactly like what does not exist. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  if (error instanceof ApiError && error.reason === 'not-found') return <NotFound />
  return <ErrorNotice error={error} actions={onRetry ? <Button onPress={onRetry}>{t('retry')}</Button> : undefined} />
}

export function NotFound() {
  const { t } = useTranslation()
  return (
    <div className="empty">
      <h1 className="empty-title">{t('notFound.title')}</h1>
      <p className="empty-body">{t('notFound.body')}</p>
      <div className="empty-action">
        <ButtonLink to="/" look="primary">
          {t('notFound.home')}
        </ButtonLink>
      </div>
    </div>
  )
}
