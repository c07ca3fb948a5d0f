/** The parts that `main.tsx` builds once and screens use: the server's calls, the session, what this PC likes. */
import { createContext, type ReactNode, use, useSyncExternalStore } from 'react'
import { must } from '../../shared/assert.ts'
import type { Api } from './api.ts'
import type { PreferenceStore, Preferences } from './preferences.ts'
import type { SessionKeeper } from './session-keeper.ts'

export interface Services {
  api: Api
  session: SessionKeeper
  preferences: PreferenceStore
}

const ServicesContext = createContext<Services | undefined>(undefined)

export function ServicesProvider({ services, children }: { services: Services; children: ReactNode }) {
  return <ServicesContext value={services}>{children}</ServicesContext>
}

export function useServices(): Services {
  return must(use(ServicesContext), 'services')
}

export function useApi(): Api {
  return useServices().api
}

export function usePreferences(): [Preferences, (change: Partial<Preferences>) => void] {
  const { preferences } = useServices()
  return [useSyncExternalStore(preferences.subscribe, preferences.current), preferences.change]
}
