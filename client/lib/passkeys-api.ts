/** The calls of `shared/protocol/passkeys.ts`. */
import type { PasskeyId } from '../../shared/ids.ts'
import type { RecoveryCodesView } from '../../shared/protocol/http-api.ts'
import type { NewPasskeyBody, NewPasskeyQuestion, PasskeyQuestion } from '../../shared/protocol/passkeys.ts'
import type { Api } from './api.ts'

export interface PasskeysApi {
  /** During a sign-in whose password was right. */
  signInQuestion(): Promise<PasskeyQuestion>
  /** For what asks for password and proof. */
  question(): Promise<PasskeyQuestion>
  begin(password: string): Promise<NewPasskeyQuestion>
  add(body: NewPasskeyBody): Promise<RecoveryCodesView>
  rename(passkeyId: PasskeyId, name: string): Promise<Record<string, never>>
  remove(passkeyId: PasskeyId, password: string): Promise<Record<string, never>>
}

export function passkeysApi(api: Pick<Api, 'call' | 'once'>): PasskeysApi {
  const one = (passkeyId: PasskeyId) => `/second-factor/passkeys/${encodeURIComponent(passkeyId)}`
  return {
    // Trouble with the session is an answer here: it is what is being signed in.
    signInQuestion: () => api.once('POST', '/session/passkey'),
    question: () => api.call('POST', '/second-factor/passkeys/question'),
    begin: password => api.call('POST', '/second-factor/passkeys/begin', { password }),
    add: body => api.call('POST', '/second-factor/passkeys', body),
    rename: (passkeyId, name) => api.call('PATCH', one(passkeyId), { name }),
    remove: (passkeyId, password) => api.call('POST', `${one(passkeyId)}/remove`, { password }),
  }
}
