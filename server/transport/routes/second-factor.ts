/** The second factor of a sign-in: its code, setting it up, taking it away. */
import {
  beginSecondFactorBody,
  passwordAndCodeBody,
  type RecoveryCodesView,
  secondFactorCodeBody,
} from '../../../shared/protocol/http-api.ts'
import type { Cookies } from '../../auth/cookies.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  secondFactorView,
  turnOffSecondFactor,
} from '../../auth/second-factor.ts'
import type { SignInParts } from '../../auth/sign-in.ts'
import { type Route, route } from '../route.ts'

/** Every change leaves under another session: the cookie of the answer is the one to go on with. */
export function createSecondFactorRoutes(parts: SignInParts & { cookies: Cookies }): Route[] {
  const { cookies } = parts
  return [
    route({
      method: 'GET',
      path: '/api/second-factor',
      policy: 'signed-in',
      evenWithoutSecondFactor: true,
      handle: ({ caller }) => secondFactorView(parts, caller.person),
    }),

    route({
      method: 'POST',
      path: '/api/second-factor/begin',
      policy: 'signed-in',
      rate: 'sign-in',
      evenWithoutSecondFactor: true,
      body: beginSecondFactorBody,
      handle: ({ caller, body, address }) => beginSecondFactor(parts, caller.person, body, address),
    }),

    route({
      method: 'POST',
      path: '/api/second-factor/confirm',
      policy: 'signed-in',
      rate: 'sign-in',
      evenWithoutSecondFactor: true,
      body: secondFactorCodeBody,
      async handle({ caller, body, address, setCookie }): Promise<RecoveryCodesView> {
        const { cookie, view } = await confirmSecondFactor(parts, caller.person, body, address)
        setCookie(cookies.write(cookie))
        return view
      },
    }),

    route({
      method: 'POST',
      path: '/api/second-factor/recovery-codes',
      policy: 'signed-in',
      rate: 'sign-in',
      body: passwordAndCodeBody,
      handle: ({ caller, body, address }) => renewRecoveryCodes(parts, caller.person, body, address),
    }),

    route({
      method: 'POST',
      path: '/api/second-factor/off',
      policy: 'signed-in',
      rate: 'sign-in',
      body: passwordAndCodeBody,
      async handle({ caller, body, address, setCookie }) {
        setCookie(cookies.write(await turnOffSecondFactor(parts, caller.person, body, address)))
        return {}
      },
    }),
  ]
}
