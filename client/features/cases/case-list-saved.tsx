/** Filters that the person named and kept: one press brings them back. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseFilterView } from '../../../shared/protocol/case-list.ts'
import { useApi } from '../../lib/services.tsx'
import { useCommand } from '../../lib/use-command.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { CloseIcon } from '../../ui/icons.tsx'
import { useNotices } from '../../ui/notice.tsx'
import { ErrorNotice } from '../../ui/states.tsx'
import type { FilterPlace } from './case-list-filter.ts'
import { useCaseListTexts } from './use-case-list-texts.ts'

const KEY = ['cases', 'filters']

export function SavedViews({ place }: { place: FilterPlace }) {
  const { t: words } = useCaseListTexts()
  const api = useApi()
  const queries = useQueryClient()
  const notify = useNotices()
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: () => api.call<{ filters: CaseFilterView[] }>('GET', '/case-filters'),
  })
  const [isNaming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const { error, isPending, run } = useCommand()
  const filters = data?.filters ?? []

  const change = (work: () => Promise<{ filters: CaseFilterView[] }>, said: string) =>
    run(async () => {
      queries.setQueryData(KEY, await work())
      setNaming(false)
      notify(said)
    })

  if (filters.length === 0 && !place.isNarrowed) return null
  return (
    <div className="case-list-saved">
      {filters.length > 0 ? (
        <ul aria-label={words('saved')}>
          {filters.map(one => (
            <li key={one.filterId}>
              <Button size="small" look="tertiary" onPress={() => place.set(one.filter)}>
                {one.name}
              </Button>
              <IconButton
                label={words('remove', { name: one.name })}
                onPress={() =>
                  void change(
                    () => api.call('DELETE', `/case-filters/${encodeURIComponent(one.filterId)}`),
                    words('removed'),
                  )
                }
              >
                <CloseIcon size={18} />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      {place.isNarrowed ? (
        <>
          <Button size="small" onPress={() => setNaming(true)}>
            {words('saveAs')}
          </Button>
          <Button size="small" look="text" onPress={() => place.set({})}>
            {words('clear')}
          </Button>
        </>
      ) : null}
      {error && !isNaming ? <ErrorNotice error={error} /> : null}
      <Dialog
        title={words('saveTitle')}
        isOpen={isNaming}
        size="small"
        onClose={() => setNaming(false)}
        footer={
          <Button
            look="primary"
            isDisabled={name.trim() === ''}
            isPending={isPending}
            onPress={() =>
              void change(
                () => api.call('POST', '/case-filters', { name: name.trim(), filter: place.filter }),
                words('kept'),
              )
            }
          >
            {words('save')}
          </Button>
        }
      >
        <TextField
          label={words('saveName')}
          description={words('saveHelp')}
          value={name}
          onChange={setName}
          maxLength={40}
          autoFocus
        />
        {error ? <ErrorNotice error={error} /> : null}
      </Dialog>
    </div>
  )
}
