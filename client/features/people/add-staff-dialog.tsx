import { type FormEvent, useId, useState } from 'react'
import { AGENCY_ROLES, type AgencyRole, codesOf } from '../../../shared/codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { TemporaryPasswordView } from '../../../shared/protocol/http-api.ts'
import { isLogin, PERSON_NAME_MAX, useLineFault } from '../../lib/line-fault.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Dialog, FormButtons } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { usePeopleTexts } from './use-people-texts.ts'

interface AddStaffDialogProps {
  agencyId: AgencyId
  /** Nobody is there yet: the first person administers the agency. */
  isFirst: boolean
  onClose: () => void
  onAdded: (view: TemporaryPasswordView) => void
}

export function AddStaffDialog({ agencyId, isFirst, onClose, onAdded }: AddStaffDialogProps) {
  const { t, language } = usePeopleTexts()
  const api = useApi()
  const lineFault = useLineFault()
  const formId = useId()
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [role, setRole] = useState<AgencyRole>(isFirst ? 'agency_administrator' : 'case_worker')
  const [tried, setTried] = useState(false)
  const { error, isPending, run, forget } = useCommand()
  const nameFault = lineFault(t('staff.name'), name, PERSON_NAME_MAX)
  const loginFault = isLogin(login) ? undefined : t('staff.loginHelp')
  const title = t(isFirst ? 'staff.addFirst' : 'staff.add')

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    forget()
    if (nameFault || loginFault) return
    await run(async () => onAdded(await api.createStaff(agencyId, { name: name.trim(), login: login.trim(), role })))
  }

  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      footer={<FormButtons form={formId} action={title} isPending={isPending} onCancel={onClose} />}
    >
      <form id={formId} className="stack" noValidate onSubmit={event => void submit(event)}>
        {error ? <ErrorNotice error={error} /> : null}
        <TextField
          label={t('staff.name')}
          description={t('staff.nameHelp')}
          value={name}
          onChange={setName}
          autoFocus
          autoComplete="off"
          errorMessage={tried ? nameFault : undefined}
        />
        <TextField
          label={t('staff.login')}
          description={t('staff.loginHelp')}
          value={login}
          onChange={setLogin}
          autoComplete="off"
          spellCheck="false"
          errorMessage={tried ? loginFault : undefined}
        />
        <Select
          label={t('staff.role')}
          description={t(`staff.roleHelp.${role}`)}
          value={role}
          onChange={setRole}
          options={codesOf(AGENCY_ROLES).map(id => ({
            id,
            label: AGENCY_ROLES[id][language],
            detail: t(`staff.roleHelp.${id}`),
          }))}
        />
      </form>
    </Dialog>
  )
}
