/** The second factor of a sign-in: the app, passkeys, recovery codes; setting them up, taking them away. */

import {
  beginSecondFactorBody,
  passwordAndCodeBody,
  type RecoveryCodesView,
  secondFactorCodeBody,
} from '../../../shared/protocol/http-api.ts'
import { newPasskeyBody, renamePasskeyBody } from '../../../shared/protocol/passkeys.ts'
import type { Cookies } from '../../auth/cookies.ts'
import {
  addPasskey,
  askForPasskey,
  beginPasskey,
  type From,
  type PasskeyParts,
  removePasskey,
  renamePasskey,
} from '../../auth/passkeys.ts'
import { type OwnAddresses, relyingPartyAt } from '../../auth/relying-party.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  renewRecoveryCodes,
  secondFactorView,
  turnOffSecondFactor,
} from '../../auth/second-factor.ts'
import { type Origin, type Route, route } from '../route.ts'

/** Every change leaves under another session: the cookie of the answer is the one to go on with. */
export function createSecondFactorRoutes(parts: PasskeyParts & { cookies: Cookies; addresses: OwnAddresses }): Route[] {
  const { cookies, addresses } = parts
  const fromOf = ({ address, host }: Origin): From => ({ address, at: relyingPartyAt(host, addresses) })
  return [
    route({
      method: 'GET',
      path: '/api/second-factor',
      policy: 'signed-in',
      evenWithoutSecondFactor: true,
      handle: ({ caller, host }) => secondFactorView(parts, caller.person, relyingPartyAt(host, addresses)),
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
        if (cookie) setCookie(cookies.write(cookie))
        return view
      },
    }),

    route({
      method: 'POST',
      path: '/api/second-factor/recovery-codes',
      policy: 'signed-in',
      rate: 'sign-in',
      body: passwordAndCodeBody,
      handle: call => renewRecoveryCodes(parts, call.caller.person, call.body, fromOf(call)),
    }),

    route({
      method: 'POST',
      path: '/api/second-factor/off',
      policy: 'signed-in',
      rate: 'sign-in',
      body: passwordAndCodeBody,
      async handle(call) {
        call.setCookie(cookies.write(await turnOffSecondFactor(parts, call.caller.person, call.body, fromOf(call))))
        return {}
      },
    }),

    route({
      method: 'POST',
      path: '/api/second-factor/passkeys/begin',
      policy: 'signed-in',
      rate: 'sign-in',
      evenWithoutSecondFactor: true,
      body: beginSecondFactorBody,
      handle: call => beginPasskey(parts, call.caller.person, call.body, fromOf(call)),
    }),

    route({
      method: 'POST',
      path: '/api/second-factor/passkeys',
      policy: 'signed-in',
      rate: 'sign-in',
      evenWithoutSecondFactor: true,
      body: newPasskeyBody,
      async handle(call): Promise<RecoveryCodesView> {
        const { cookie, view } = await addPasskey(parts, call.caller.person, call.body, fromOf(call))
        if (cookie) call.setCookie(cookies.write(cookie))
        return view
      },
    }),

    route({
      method: 'POST',
      path: '/api/second-factor/passkeys/question',
      policy: 'signed-in',
      rate: 'sign-in',
      handle: call => askForPasskey(parts, call.caller.person, 'confirm', fromOf(call)),
    }),

    route({
      method: 'PATCH',
      path: '/api/second-factor/passkeys/:passkeyId',
      policy: 'signed-in',
      body: renamePasskeyBody,
      async handle(call) {
        const passkeyId = call.params.passkeyId
        await renamePasskey(parts, call.caller.person, passkeyId, call.body.name, fromOf(call))
        return {}
      },
    }),

    route({
      method: 'POST',
      path: '/api/second-factor/passkeys/:passkeyId/remove',
      policy: 'signed-in',
      rate: 'sign-in',
      body: beginSecondFactorBody,
      async handle(call) {
        const passkeyId = call.params.passkeyId
        await removePasskey(parts, call.caller.person, { passkeyId, password: call.body.password }, fromOf(call))
        return {}
      },
    }),
  ]
}
