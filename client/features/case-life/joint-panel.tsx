/** The joint management agreement (공동사례관리 약정): who answers for which need, from when, until when, and how it ends. */
import { useState } from 'react'
import { codesOf, NEED_DOMAINS, type NeedDomain } from '../../../shared/codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { CaseLifeView } from '../../../shared/protocol/case-life.ts'
import { formatDay, seoulDay } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chips.tsx'
import { DatePicker } from '../../ui/date-fields.tsx'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import type { LifeDesk } from './use-life.ts'
import { useLifeTexts } from './use-life-texts.ts'

interface JointPanelProps {
  desk: LifeDesk
  view: CaseLifeView
}

export function JointPanel({ desk, view }: JointPanelProps) {
  const { t } = useLifeTexts()
  const [isEditing, setEditing] = useState(false)
  const together = view.agencies.filter(({ role }) => role !== 'partner')
  const hasPartner = together.length > 1
  if (!hasPartner && view.joint === null && !view.leads) return null
  return (
    <Section
      title={t('joint.title')}
      lead={t('joint.lead')}
      actions={
        view.leads && hasPartner && !isEditing ? (
          <Button size="small" onPress={() => setEditing(true)}>
            {t(view.joint === null ? 'joint.edit' : 'joint.editAgain')}
          </Button>
        ) : undefined
      }
    >
      {isEditing ? (
        <Editor desk={desk} view={view} onDone={() => setEditing(false)} />
      ) : view.joint === null ? (
        <p className="quiet">{t(hasPartner ? 'joint.none' : 'joint.noPartner')}</p>
      ) : (
        <Agreement joint={view.joint} />
      )}
    </Section>
  )
}

function Agreement({ joint }: { joint: NonNullable<CaseLifeView['joint']> }) {
  const { t, language } = useLifeTexts()
  const codes = useCodeSets()
  return (
    <div className="stack">
      {joint.holds ? null : (
        <p>
          <Chip tone="warning">{t('joint.over')}</Chip>
        </p>
      )}
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('joint.agency')}</th>
              <th scope="col">{t('joint.needs')}</th>
            </tr>
          </thead>
          <tbody>
            {joint.agencies.map(({ agencyId, name, needs }) => (
              <tr key={agencyId}>
                <th scope="row">{name}</th>
                <td>
                  {needs.length === 0 ? (
                    <span className="quiet">{t('joint.noNeeds')}</span>
                  ) : (
                    needs.map(need => codes.label('need_domain', need)).join(', ')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl className="facts">
        <dt>{t('joint.period')}</dt>
        <dd>
          {formatDay(joint.from, language)} ~ {joint.until === '' ? t('joint.open') : formatDay(joint.until, language)}
        </dd>
        <dt>{t('joint.exitRule')}</dt>
        <dd className="life-words">{joint.exitRule}</dd>
      </dl>
    </div>
  )
}

function Editor({ desk, view, onDone }: JointPanelProps & { onDone: () => void }) {
  const { t } = useLifeTexts()
  const codes = useCodeSets()
  const together = view.agencies.filter(({ role }) => role !== 'partner')
  const [needs, setNeeds] = useState<ReadonlyMap<AgencyId, readonly NeedDomain[]>>(
    () =>
      new Map(
        together.map(({ agencyId }) => [
          agencyId,
          view.joint?.agencies.find(one => one.agencyId === agencyId)?.needs ?? [],
        ]),
      ),
  )
  const [from, setFrom] = useState(seoulDay(Date.now()))
  const [until, setUntil] = useState('')
  const [exitRule, setExitRule] = useState(view.joint?.exitRule ?? '')
  const [tried, setTried] = useState(false)

  function toggle(agencyId: AgencyId, need: NeedDomain, isOn: boolean) {
    const before = needs.get(agencyId) ?? []
    // In the order of the table, whichever was ticked first.
    const after = codesOf(NEED_DOMAINS).filter(one => (one === need ? isOn : before.includes(one)))
    setNeeds(new Map(needs).set(agencyId, after))
  }

  async function save() {
    setTried(true)
    if (from === '' || exitRule.trim() === '') return
    const agencies = together.map(({ agencyId }) => ({ agencyId, needs: [...(needs.get(agencyId) ?? [])] }))
    if (await desk.tell({ do: 'joint', from, until, agencies, exitRule: exitRule.trim() })) onDone()
  }

  return (
    <div className="stack card">
      {together.map(({ agencyId, name }) => (
        <fieldset key={agencyId} className="life-fieldset">
          <legend>{t('joint.needsOf', { agency: name })}</legend>
          <div className="life-checks">
            {codesOf(NEED_DOMAINS).map(need => (
              <Checkbox
                key={need}
                isSelected={needs.get(agencyId)?.includes(need) === true}
                onChange={isOn => toggle(agencyId, need, isOn)}
              >
                {codes.label('need_domain', need)}
              </Checkbox>
            ))}
          </div>
        </fieldset>
      ))}
      <div className="life-pair">
        <DatePicker
          label={t('joint.from')}
          value={from}
          onChange={setFrom}
          errorMessage={tried && from === '' ? t('records.required') : undefined}
        />
        <DatePicker label={t('joint.until')} value={until} onChange={setUntil} />
      </div>
      <TextField
        label={t('joint.exitRule')}
        value={exitRule}
        onChange={setExitRule}
        rows={2}
        maxLength={2000}
        isRequired
        validationBehavior="aria"
        errorMessage={tried && exitRule.trim() === '' ? t('records.required') : undefined}
      />
      <div className="row">
        <Button look="primary" isPending={desk.isPending} onPress={() => void save()}>
          {t('joint.save')}
        </Button>
        <Button look="tertiary" onPress={onDone}>
          {t('records.cancel')}
        </Button>
      </div>
    </div>
  )
}
