/** Words about what happened: a line at its place ({@link Notice}), or a short one at the page's foot ({@link useNotices}). */
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { must } from '../../shared/assert.ts'
import { IconButton } from './button.tsx'
import { CloseIcon, DangerIcon, DoneIcon, InfoIcon, WarningIcon } from './icons.tsx'

export type Tone = 'info' | 'success' | 'warning' | 'danger'

const ICONS = { info: InfoIcon, success: DoneIcon, warning: WarningIcon, danger: DangerIcon }

export interface NoticeProps {
  tone?: Tone
  title?: ReactNode
  children?: ReactNode
  /** A button or two at the end. */
  actions?: ReactNode
  /** Read out at once (`alert`), when convenient (`status`), or only when reached. */
  announce?: 'alert' | 'status' | 'none'
}

export function Notice({ tone = 'info', title, children, actions, announce = 'none' }: NoticeProps) {
  const { t } = useTranslation()
  const Icon = ICONS[tone]
  return (
    <div className={`notice notice-${tone}`} {...(announce === 'none' ? {} : { role: announce })}>
      <Icon />
      <div className="notice-words">
        <span className="visually-hidden">{t(`tone.${tone}`)}: </span>
        {title ? <strong className="notice-title">{title}</strong> : null}
        {children ? <div className="notice-body">{children}</div> : null}
      </div>
      {actions ? <div className="notice-actions">{actions}</div> : null}
    </div>
  )
}

interface Shown {
  id: number
  tone: Tone
  words: string
}

type Notify = (words: string, tone?: Tone) => void

const NoticesContext = createContext<Notify | undefined>(undefined)

/** Long enough to read two lines twice; something wrong stays until it is dismissed. */
const SHOWN_MS = 6000

export function NoticesProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState<readonly Shown[]>([])
  const next = useRef(1)
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>())
  const dismiss = useCallback((id: number) => setShown(list => list.filter(notice => notice.id !== id)), [])

  const notify = useCallback<Notify>(
    (words, tone = 'success') => {
      const id = next.current++
      setShown(list => [...list.filter(notice => notice.words !== words), { id, tone, words }].slice(-2))
      if (tone === 'danger') return
      const timer = setTimeout(() => {
        timers.current.delete(timer)
        dismiss(id)
      }, SHOWN_MS)
      timers.current.add(timer)
    },
    [dismiss],
  )
  useEffect(() => {
    const running = timers.current
    return () => {
      for (const timer of running) clearTimeout(timer)
    }
  }, [])

  const value = useMemo(() => notify, [notify])
  return (
    <NoticesContext value={value}>
      {children}
      <section className="toasts" aria-label={t('notices')} aria-live="polite">
        {shown.map(notice => (
          <div key={notice.id} className={`toast toast-${notice.tone}`}>
            <Notice tone={notice.tone}>{notice.words}</Notice>
            <IconButton label={t('dismiss')} onPress={() => dismiss(notice.id)}>
              <CloseIcon size={18} />
            </IconButton>
          </div>
        ))}
      </section>
    </NoticesContext>
  )
}

/** `notify(words, tone)`: a short line at the page's foot, read out politely. Never for what must be acted on. */
export function useNotices(): Notify {
  return must(use(NoticesContext), 'notices')
}
