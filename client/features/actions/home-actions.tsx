/** On the home page: what I have promised and is due next, and the way to all of it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { seoulDay } from '../../lib/format.ts'
import { useApi } from '../../lib/services.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { isShown, whose } from './action-lists.ts'
import { ActionRow } from './action-row.tsx'
import { useActionItemTexts } from './use-action-item-texts.ts'
import './actions.css'

const SHOWN = 3

/** Nothing while it is not known: the page is about meetings first. */
export function HomeActions() {
  const { t } = useActionItemTexts()
  const api = useApi()
  const queries = useQueryClient()
  const { data } = useQuery({ queryKey: ['actions', 'near'], queryFn: () => api.nearActions() })
  if (data === undefined || data.actions.length === 0) return null
  const today = seoulDay(Date.now())
  const mine = whose(data.actions, 'mine').filter(action => isShown(action, 'open', today))
  return (
    <Section
      title={t('page.homeTitle')}
      actions={
        <ButtonLink to="/actions" look="text" size="small">
          {t('page.homeMore', { count: mine.length })}
        </ButtonLink>
      }
    >
      {mine.length === 0 ? (
        <p className="quiet">{t('page.homeNone')}</p>
      ) : (
        <ul className="action-rows">
          {mine.slice(0, SHOWN).map(action => (
            <ActionRow
              key={`${action.document}/${action.actionId}`}
              action={action}
              withCase
              onMoved={() => queries.invalidateQueries({ queryKey: ['actions'] })}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}
