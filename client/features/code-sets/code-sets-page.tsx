/** The installation's code sets, one at a time. For its operator and the administrators of its agencies. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from 'react-router'
import { canPublishCodeSets } from '../../../shared/access.ts'
import { CODE_SET_NAMES, CODE_SETS, type CodeSetName, isCodeSetName } from '../../../shared/code-sets/shipped.ts'
import { useApi } from '../../lib/services.tsx'
import { useSession } from '../../lib/session.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { Select } from '../../ui/pickers.tsx'
import { ErrorState, Loading, NotFound } from '../../ui/states.tsx'
import { CodeSetEditor } from './code-set-editor.tsx'
import { codeSetsApi } from './code-sets-api.ts'
import { useCodeSetTexts } from './use-code-set-texts.ts'
import './code-sets.css'

const FIRST: CodeSetName = 'contact_method'

export function CodeSetsPage() {
  const { t, language } = useCodeSetTexts()
  const { actor } = useSession()
  const navigate = useNavigate()
  const { set = FIRST } = useParams()
  if (!canPublishCodeSets(actor) || !isCodeSetName(set)) return <NotFound />
  return (
    <div className="stack">
      <PageHeader title={t('title')} lead={t('lead')} />
      <Select
        label={t('set')}
        value={set}
        width="medium"
        options={CODE_SET_NAMES.map(id => ({ id, label: CODE_SETS[id][language] }))}
        onChange={next => void navigate(`/settings/code-sets/${next}`)}
      />
      <OneSet key={set} set={set} />
    </div>
  )
}

function OneSet({ set }: { set: CodeSetName }) {
  const api = useApi()
  const { data, error, refetch } = useQuery({
    queryKey: ['code-set-history', set],
    queryFn: () => codeSetsApi(api).history(set),
    staleTime: 0,
    // A draft stands on the version that was read; a look in the background would take it away.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (data) return <CodeSetEditor history={data} />
  return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Loading />
}
