import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './button.tsx'
import { CloseIcon } from './icons.tsx'

export interface DialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
  /** The row of buttons; the primary one last. */
  footer?: ReactNode
  size?: 'small' | 'medium' | 'large'
  /** Asks for a decision and does not close by a press beside it. */
  role?: 'dialog' | 'alertdialog'
}

export function Dialog({ title, isOpen, onClose, children, footer, size = 'medium', role = 'dialog' }: DialogProps) {
  const { t } = useTranslation()
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={open => {
        if (!open) onClose()
      }}
      isDismissable={role === 'dialog'}
    >
      <Modal className={`modal modal-${size}`}>
        <AriaDialog className="dialog" role={role}>
          <div className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            {role === 'dialog' ? (
              <IconButton label={t('close')} onPress={onClose}>
                <CloseIcon />
              </IconButton>
            ) : null}
          </div>
          <div className="dialog-body">{children}</div>
          {footer ? <div className="dialog-foot">{footer}</div> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The buttons of a dialog that holds a form: away without it, and what the form does. */
export function FormButtons(props: {
  /** The form's id. */
  form: string
  /** The verb, not "OK". */
  action: string
  isPending: boolean
  isDisabled?: boolean
  onCancel: () => void
}) {
  const { t } = useTranslation()
  return (
    <>
      <Button look="tertiary" onPress={props.onCancel}>
        {t('cancel')}
      </Button>
      <Button
        look="primary"
        type="submit"
        form={props.form}
        isPending={props.isPending}
        isDisabled={props.isDisabled ?? false}
      >
        {props.action}
      </Button>
    </>
  )
}

export interface ConfirmDialogProps {
  title: string
  /** What will happen, naming the object, and whether it can be undone. */
  children: ReactNode
  isOpen: boolean
  /** The verb, not "OK". */
  action: string
  danger?: boolean
  isPending?: boolean
  onConfirm: () => void
  onCancel: () => void
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog
      title={props.title}
      isOpen={props.isOpen}
      onClose={props.onCancel}
      role="alertdialog"
      size="small"
      footer={
        <>
          <Button onPress={props.onCancel} look="tertiary" autoFocus={props.danger ?? false}>
            {t('cancel')}
          </Button>
          <Button
            onPress={props.onConfirm}
            look={props.danger ? 'danger' : 'primary'}
            isPending={props.isPending ?? false}
            autoFocus={!props.danger}
          >
            {props.action}
          </Button>
        </>
      }
    >
      {props.children}
    </Dialog>
  )
}
