import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** A fault of ours on one screen: words instead of a white page. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    return this.state.failed ? <Crashed /> : this.props.children
  }
}

function Crashed() {
  const { t } = useTranslation()
  return (
    <Notice
      tone="danger"
      announce="alert"
      title={t('crash.title')}
      actions={
        <Button look="primary" onPress={() => window.location.reload()}>
          {t('reload')}
        </Button>
      }
    >
      {t('crash.body')}
    </Notice>
  )
}
