/** On an agency's page: how the days of the cases that it leads are counted, and which grades they have. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { DAY_COUNTINGS, type DayCounting } from '../../../shared/cases/life-codes.ts'
import { GRADE_SCHEMES, type GradeSchemeName } from '../../../shared/code-sets/grades.ts'
import { codesOf } from '../../../shared/codes.ts'
import type { AgencyId } from '../../../shared/ids.ts'
import type { CaseRulesView } from '../../../shared/protocol/case-life.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/fields.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { Section } from '../../ui/page.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import { useCodeSets } from '../code-sets/use-code-sets.ts'
import { lifeApi } from './life-api.ts'
import { useLifeTexts } from './use-life-texts.ts'

export function CaseRulesSettings({ agencyId }: { agencyId: AgencyId }) {
  const api = useApi()
  const { data } = useQuery({ queryKey: ['case-rules', agencyId], queryFn: () => lifeApi(api).rules(agencyId) })
  // The operator of the installation, who is of no agency, has none to read.
  if (data === undefined) return null
  return <Rules key={data._v} agencyId={agencyId} rules={data} />
}

function Rules({ agencyId, rules }: { agencyId: AgencyId; rules: CaseRulesView }) {
  const { t, language } = useLifeTexts()
  const codes = useCodeSets()
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const [counting, setCounting] = useState<DayCounting>(rules.counting)
  const [gradeScheme, setScheme] = useState<GradeSchemeName>(rules.gradeScheme)
  const { error, isPending, run } = useCommand()

  async function save() {
    await run(async () => {
      await lifeApi(api).changeRules(agencyId, { _v: rules._v, counting, gradeScheme })
      notify(t('rules.saved'))
    })
    await queries.invalidateQueries({ queryKey: ['case-rules', agencyId] })
  }

  return (
    <Section title={t('rules.title')} lead={t('rules.lead')}>
      <div className="stack">
        {error ? <ErrorNotice error={error} /> : null}
        <Choice
          label={t('rules.counting')}
          value={counting}
          onChange={setCounting}
          options={codesOf(DAY_COUNTINGS).map(id => ({ id, label: DAY_COUNTINGS[id][language] }))}
        />
        <Choice
          label={t('rules.scheme')}
          value={gradeScheme}
          onChange={setScheme}
          options={codesOf(GRADE_SCHEMES).map(id => ({ id, label: codes.label('grade_scheme', id) }))}
        />
        <div>
          <Button
            look="primary"
            isPending={isPending}
            isDisabled={counting === rules.counting && gradeScheme === rules.gradeScheme}
            onPress={() => void save()}
          >
            {t('rules.save')}
          </Button>
        </div>
      </div>
    </Section>
  )
}
