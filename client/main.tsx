/** Builds the parts and mounts the application. The only file that touches the page's root. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { BrowserRouter } from 'react-router'
import { must } from '../shared/assert.ts'
import { App } from './app.tsx'
import { createTexts } from './i18n/i18n.ts'
import { ApiError, createApi } from './lib/api.ts'
import { createPreferenceStore } from './lib/preferences.ts'
import { ServicesProvider } from './lib/services.tsx'
import { SessionKeeper } from './lib/session-keeper.ts'
import './styles/all.css'

const preferences = createPreferenceStore(window)
const texts = createTexts(preferences.current().language)
preferences.subscribe(() => {
  const { language } = preferences.current()
  if (texts.language !== language) void texts.changeLanguage(language)
})

const api = createApi({
  onSessionTrouble: reason => session.trouble(reason),
  onServerClock: offsetMs => session.noteServerClock(offsetMs),
})
const session: SessionKeeper = new SessionKeeper({ api, startOver: () => window.location.assign('/') })
void session.look()

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // An answer in words does not change by asking again; only a lost line is worth another try.
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.reason === 'unreachable',
    },
    mutations: { retry: false },
  },
})

createRoot(must(document.getElementById('root'), 'root element')).render(
  <StrictMode>
    <I18nextProvider i18n={texts}>
      <ServicesProvider services={{ api, session, preferences }}>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <App />
          </BrowserRouter>
        </QueryClientProvider>
      </ServicesProvider>
    </I18nextProvider>
  </StrictMode>,
)
