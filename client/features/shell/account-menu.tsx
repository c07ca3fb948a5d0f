import { useState } from 'react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { canBreakGlass, canKeepRetention, canPublishCodeSets } from '../../../shared/access.ts'
import { usePreferences } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Avatar } from '../../ui/chips.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Checkbox, Choice } from '../../ui/fields.tsx'
import { ChevronDownIcon } from '../../ui/icons.tsx'
import { useTellError } from '../../ui/states.tsx'
import { ElsewhereInMenu } from '../session/elsewhere.tsx'

/** Who I am, how I like the screen, and the way out. Also for the room's own header. */
export function AccountMenu() {
  const { t } = useTranslation()
  const { person, actor, view, signOut, signOutEverywhere } = useSession()
  const isElsewhere = (view.elsewhere ?? []).length > 0
  const tellError = useTellError()
  const [isAsking, setAsking] = useState(false)
  const [isPending, setPending] = useState(false)
  const agency = person.memberships[0]
  const agencies = person.operator ? t('header.operator') : person.memberships.map(m => m.agencyShortName).join(' · ')

  async function leave(how: () => Promise<void>) {
    setPending(true)
    try {
      await how()
    } catch (error) {
      tellError(error)
      setPending(false)
    }
  }

  return (
    <>
      <DialogTrigger>
        <AriaButton className="account-button" aria-label={t('header.account', { name: person.name })}>
          <Avatar name={person.name} colour={agency?.colour ?? -1} />
          <span className="account-words">
            <span className="account-name">{person.name}</span>
            <span className={isElsewhere ? 'account-elsewhere' : 'account-agency'}>
              {isElsewhere ? t('elsewhere.mark', { ns: 'session' }) : agencies}
            </span>
          </span>
          <ChevronDownIcon size={16} />
        </AriaButton>
        <Popover className="popover" placement="bottom end">
          <Dialog className="account-panel" aria-label={t('header.account', { name: person.name })}>
            {({ close }) => (
              <>
                <ElsewhereInMenu onGo={close} />
                <ScreenPreferences />
                <div className="account-actions">
                  {person.operator ? null : (
                    <ButtonLink to="/supervision" look="text" onClick={close}>
                      {t('header.supervision')}
                    </ButtonLink>
                  )}
                  {person.memberships.some(({ agencyId }) => canBreakGlass(actor, agencyId)) ? (
                    <ButtonLink to="/emergency" look="text" onClick={close}>
                      {t('header.emergency')}
                    </ButtonLink>
                  ) : null}
                  {person.memberships.some(({ agencyId }) => canKeepRetention(actor, agencyId)) ? (
                    <ButtonLink to="/retention" look="text" onClick={close}>
                      {t('header.retention')}
                    </ButtonLink>
                  ) : null}
                  {person.operator ? null : (
                    <ButtonLink to="/explanations" look="text" onClick={close}>
                      {t('header.explanations')}
                    </ButtonLink>
                  )}
                  {canPublishCodeSets(actor) ? (
                    <ButtonLink to="/settings/code-sets" look="text" onClick={close}>
                      {t('header.codeSets')}
                    </ButtonLink>
                  ) : null}
                  <ButtonLink to="/password" look="text" onClick={close}>
                    {t('header.changePassword')}
                  </ButtonLink>
                  <ButtonLink to="/second-factor" look="text" onClick={close}>
                    {t('factor.title', { ns: 'session' })}
                  </ButtonLink>
                  <Button
                    look="text"
                    onPress={() => {
                      close()
                      setAsking(true)
                    }}
                  >
                    {t('header.signOutEverywhere')}
                  </Button>
                  <Button look="tertiary" isPending={isPending} onPress={() => void leave(signOut)}>
                    {t('header.signOut')}
                  </Button>
                </div>
              </>
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
      <ConfirmDialog
        title={t('header.signOutEverywhereTitle')}
        isOpen={isAsking}
        action={t('header.signOutEverywhere')}
        isPending={isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => void leave(signOutEverywhere)}
      >
        {t('header.signOutEverywhereBody')}
      </ConfirmDialog>
    </>
  )
}

function ScreenPreferences() {
  const { t } = useTranslation()
  const [preferences, change] = usePreferences()
  return (
    <div className="stack">
      <Choice
        label={t('header.language')}
        value={preferences.language}
        onChange={language => change({ language })}
        options={[
          { id: 'ko', label: t('header.korean') },
          { id: 'en', label: t('header.english') },
        ]}
      />
      <Choice
        label={t('header.textSize')}
        value={preferences.textSize}
        onChange={textSize => change({ textSize })}
        options={[
          { id: 'normal', label: t('header.textNormal') },
          { id: 'large', label: t('header.textLarge') },
          { id: 'larger', label: t('header.textLarger') },
        ]}
      />
      <Checkbox
        isSelected={preferences.contrast === 'high'}
        onChange={high => change({ contrast: high ? 'high' : 'normal' })}
      >
        {t('header.contrast')}
      </Checkbox>
    </div>
  )
}
