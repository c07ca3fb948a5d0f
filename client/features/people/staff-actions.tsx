import { useState } from 'react'
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { AGENCY_ROLES, type AgencyRole, codesOf } from '../../../shared/codes.ts'
import type { AgencyId, UserId } from '../../../shared/ids.ts'
import type { StaffView, TemporaryPasswordView } from '../../../shared/protocol/http-api.ts'
import { isRefused } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx'
import { ChevronDownIcon } from '../../ui/icons.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { ComboBox, Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { usePeopleTexts } from './use-people-texts.ts'

type Asking = 'role' | 'reset' | 'reset-factor' | 'deactivate' | 'hand-over'

export interface StaffActionsProps {
  agencyId: AgencyId
  person: StaffView
  /** Who could take over. */
  others: readonly StaffView[]
  onChanged: () => void
  onTemporary: (view: TemporaryPasswordView) => void
}

/** What an administrator can do for one person. Everything with a consequence asks once, naming the person. */
export function StaffActions({ agencyId, person, others, onChanged, onTemporary }: StaffActionsProps) {
  const { t, language } = usePeopleTexts()
  const common = useTranslation().t
  const api = useApi()
  const notify = useNotices()
  const [asking, setAsking] = useState<Asking>()
  const [role, setRole] = useState<AgencyRole>(person.role)
  const [heir, setHeir] = useState<UserId | null>(null)
  const { error, isPending, run, forget } = useCommand()
  const { name, userId, _v } = person

  const ask = (what: Asking) => {
    forget()
    setRole(person.role)
    setHeir(null)
    setAsking(what)
  }

  /** Runs a command and says what it did; on a conflict the list is loaded anew and the question stays. */
  const act = (command: () => Promise<string | undefined>) =>
    run(
      async () => {
        const words = await command()
        setAsking(undefined)
        if (words) notify(words)
        onChanged()
      },
      failure => {
        if (isRefused(failure, 'conflict')) onChanged()
      },
    )

  const changeRole = () =>
    act(async () => {
      await api.changeStaff(agencyId, userId, { _v, role })
      return t('staff.roleChanged', { name })
    })
  const setActive = (active: boolean) =>
    act(async () => {
      await api.changeStaff(agencyId, userId, { _v, active })
      return t(active ? 'staff.activated' : 'staff.deactivated', { name })
    })
  const resetPassword = () =>
    act(async () => {
      onTemporary(await api.resetPassword(agencyId, userId))
      return undefined
    })
  const resetFactor = () =>
    act(async () => {
      await api.resetSecondFactor(agencyId, userId)
      return t('staff.factorReset', { name })
    })
  const handOver = (to: UserId) =>
    act(async () => {
      const { cases, conferences } = await api.handOver(agencyId, userId, to)
      return t('staff.handOverDone', { cases, conferences })
    })
  const failure = error ? <ErrorNotice error={error} /> : null

  return (
    <>
      <MenuTrigger>
        <Button look="tertiary" size="small" aria-label={t('staff.actionsFor', { name })}>
          {t('staff.actions')}
          <ChevronDownIcon size={16} />
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu">
            <MenuItem className="menu-item" onAction={() => ask('role')}>
              {t('staff.changeRole')}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => ask('reset')}>
              {t('staff.resetPassword')}
            </MenuItem>
            {person.secondFactor ? (
              <MenuItem className="menu-item" onAction={() => ask('reset-factor')}>
                {t('staff.resetFactor')}
              </MenuItem>
            ) : null}
            <MenuItem className="menu-item" onAction={() => ask('hand-over')}>
              {t('staff.handOver')}
            </MenuItem>
            {person.active ? (
              <MenuItem className="menu-item" onAction={() => ask('deactivate')}>
                {t('staff.deactivate')}
              </MenuItem>
            ) : (
              <MenuItem className="menu-item" onAction={() => void setActive(true)}>
                {t('staff.activate')}
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      {asking === undefined && error ? failure : null}

      <Dialog
        title={t('staff.roleTitle', { name })}
        isOpen={asking === 'role'}
        onClose={() => setAsking(undefined)}
        size="small"
        footer={
          <>
            <Button look="tertiary" onPress={() => setAsking(undefined)}>
              {common('cancel')}
            </Button>
            <Button
              look="primary"
              isPending={isPending}
              isDisabled={role === person.role}
              onPress={() => void changeRole()}
            >
              {common('save')}
            </Button>
          </>
        }
      >
        {failure}
        <Select
          label={t('staff.role')}
          description={t(`staff.roleHelp.${role}`)}
          value={role}
          onChange={setRole}
          options={codesOf(AGENCY_ROLES).map(id => ({ id, label: AGENCY_ROLES[id][language] }))}
        />
        <p className="quiet small">{t('staff.roleBody')}</p>
      </Dialog>

      <ConfirmDialog
        title={t('staff.resetTitle', { name })}
        isOpen={asking === 'reset'}
        action={t('staff.resetPassword')}
        isPending={isPending}
        onCancel={() => setAsking(undefined)}
        onConfirm={() => void resetPassword()}
      >
        {failure}
        <p>{t('staff.resetBody')}</p>
      </ConfirmDialog>

      <ConfirmDialog
        title={t('staff.resetFactorTitle', { name })}
        isOpen={asking === 'reset-factor'}
        action={t('staff.resetFactor')}
        danger
        isPending={isPending}
        onCancel={() => setAsking(undefined)}
        onConfirm={() => void resetFactor()}
      >
        {failure}
        <p>{t('staff.resetFactorBody')}</p>
      </ConfirmDialog>

      <ConfirmDialog
        title={t('staff.deactivateTitle', { name })}
        isOpen={asking === 'deactivate'}
        action={t('staff.deactivate')}
        danger
        isPending={isPending}
        onCancel={() => setAsking(undefined)}
        onConfirm={() => void setActive(false)}
      >
        {failure}
        <p>{t('staff.deactivateBody')}</p>
      </ConfirmDialog>

      <Dialog
        title={t('staff.handOverTitle', { name })}
        isOpen={asking === 'hand-over'}
        onClose={() => setAsking(undefined)}
        size="small"
        footer={
          <>
            <Button look="tertiary" onPress={() => setAsking(undefined)}>
              {common('cancel')}
            </Button>
            <Button
              look="primary"
              isPending={isPending}
              isDisabled={heir === null}
              onPress={() => {
                if (heir) void handOver(heir)
              }}
            >
              {t('staff.handOver')}
            </Button>
          </>
        }
      >
        {failure}
        <p>{t('staff.handOverBody', { name })}</p>
        {others.length === 0 ? (
          <p className="quiet">{t('staff.handOverNobody')}</p>
        ) : (
          <ComboBox
            label={t('staff.handOverTo')}
            value={heir}
            onChange={setHeir}
            options={others.map(other => ({
              id: other.userId,
              label: other.name,
              detail: AGENCY_ROLES[other.role][language],
            }))}
          />
        )}
      </Dialog>
    </>
  )
}
