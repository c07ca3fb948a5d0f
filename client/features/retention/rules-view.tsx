/** By which rule and for how many years each kind of case is kept (RT2). */
import { useState } from 'react'
import type { RetentionRule } from '../../../shared/retention/retention.ts'
import {
  RETENTION_GROUNDS,
  RETENTION_KINDS,
  RETENTION_YEARS,
  type RetentionGround,
  type RetentionKind,
  type RetentionYears,
} from '../../../shared/retention/retention-codes.ts'
import { ApiError } from '../../lib/api.ts'
import { useApi } from '../../lib/services.tsx'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/fields.tsx'
import { Notice, useNotices } from '../../ui/notice.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { retentionApi } from './retention-api.ts'
import type { DeskProps } from './retention-page.tsx'
import { useRetentionTexts } from './use-retention-texts.ts'

const KINDS = Object.keys(RETENTION_KINDS) as RetentionKind[]
const GROUNDS = Object.keys(RETENTION_GROUNDS) as RetentionGround[]

export function RulesView(props: DeskProps) {
  const { t } = useRetentionTexts()
  return (
    <div className="stack">
      <p className="quiet">
        {t('rules.lead')} {t('rules.usual')}
      </p>
      {KINDS.map(kind => (
        <Rule key={kind} kind={kind} {...props} />
      ))}
    </div>
  )
}

function Rule({ kind, desk, onChanged, onStale }: DeskProps & { kind: RetentionKind }) {
  const { t, language } = useRetentionTexts()
  const api = retentionApi(useApi())
  const notify = useNotices()
  const stored = desk.rules[kind]
  const [chosen, setChosen] = useState<RetentionRule>(stored)
  const [isPending, setPending] = useState(false)
  const [isStale, setStale] = useState(false)
  const [error, setError] = useState<unknown>()
  const name = RETENTION_KINDS[kind][language]
  const isSame = chosen.ground === stored.ground && chosen.years === stored.years

  async function save() {
    setPending(true)
    setError(undefined)
    try {
      onChanged(await api.changeRule(desk.agencyId, { _v: desk.rulesVersion, kind, ...chosen }))
      setStale(false)
      notify(t('rules.saved'))
    } catch (failure) {
      if (failure instanceof ApiError && failure.reason === 'conflict') {
        setStale(true)
        onStale()
      } else setError(failure)
    }
    setPending(false)
  }

  return (
    <section className="card stack" aria-label={name}>
      <h2 className="retention-number">{name}</h2>
      {error ? <ErrorNotice error={error} /> : null}
      {isStale ? (
        <Notice tone="warning" announce="alert">
          {t('rules.changed', {
            rule: t('register.rule', { ground: RETENTION_GROUNDS[stored.ground][language], years: stored.years }),
          })}
        </Notice>
      ) : null}
      <Choice
        label={t('rules.ground', { kind: name })}
        labelHidden
        value={chosen.ground}
        onChange={ground => setChosen(before => ({ ...before, ground }))}
        options={GROUNDS.map(id => ({ id, label: RETENTION_GROUNDS[id][language] }))}
      />
      <div className="retention-rule">
        <Select
          label={t('rules.years', { kind: name })}
          value={String(chosen.years)}
          onChange={years => setChosen(before => ({ ...before, years: yearsOf(years) ?? before.years }))}
          options={RETENTION_YEARS.map(years => ({ id: String(years), label: t('due.years', { n: years }) }))}
          width="medium"
        />
        <Button
          look="primary"
          isPending={isPending}
          isDisabled={isSame}
          aria-label={t('rules.saveOf', { kind: name })}
          onPress={() => void save()}
        >
          {t('rules.save')}
        </Button>
      </div>
    </section>
  )
}

const yearsOf = (years: string): RetentionYears | undefined => RETENTION_YEARS.find(one => String(one) === years)
