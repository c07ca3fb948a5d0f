import { useQuery } from '@tanstack/react-query'
import type { DirectoryView } from '../../shared/protocol/http-api.ts'
import { useApi } from './services.tsx'

export type DirectoryAgency = DirectoryView['agencies'][number]

/** Agencies and people that may be invited. Changes seldom, so it is kept for some minutes. */
export function useDirectory(enabled = true) {
  const api = useApi()
  return useQuery({ queryKey: ['directory'], queryFn: () => api.directory(), staleTime: 5 * 60_000, enabled })
}
