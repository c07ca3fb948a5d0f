/**
 * The HTTP side: mounts the route table and nothing else, and is the one place where a refusal becomes a status. In order: headers, the
 * origin of anything that changes, who calls, how often, what comes in, then the route. An answer to something one may not see is the same
 * `not-found`, byte for byte in shape and at the same moment, as to something that is not there.
 */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import * as z from 'zod'
import { type CaseId, isId } from '../../shared/ids.ts'
import type { ErrorBody } from '../../shared/protocol/http-api.ts'
import { REFUSALS, Refusal } from '../../shared/protocol/refusals.ts'
import type { Audit } from '../audit/audit.ts'
import type { Caller } from '../auth/caller.ts'
import { RecordedRefusal } from '../auth/recorded-refusal.ts'
import type { Log } from '../lib/log.ts'
import type { SignedInPerson } from '../rooms/ports.ts'
import { StoreUnavailable } from '../storage/port.ts'
import type { Addresses } from './addresses.ts'
import { clientFiles } from './client-files.ts'
import type { DenialPace } from './denial-pace.ts'
import { sendFile } from './file-answer.ts'
import type { RateLimits } from './rate-limits.ts'
import { discardRest, hasBody, isUpload, readJsonBody, readQuery, readUpload } from './request-body.ts'
import { type Call, FileAnswer, type Method, type Route } from './route.ts'
import { securityHeaders, setNonce } from './security-headers.ts'
import { withoutResidentNumbers } from './typed-words.ts'

/** Browsers send about 20; more than this is somebody trying something. */
const MAX_HEADERS = 100

export interface HttpOptions {
  routes: readonly Route[]
  /** Who a cookie belongs to, on this host, now, at this address. */
  callerOf(cookie: string | undefined, address: string): Promise<Caller>
  /** Told of each change that a signed-in person makes: somebody sits at that screen. */
  onActivity(person: SignedInPerson): void
  addresses: Addresses
  rates: RateLimits
  /** When a `not-found` of a route leaves. */
  pace: DenialPace
  audit: Audit
  /** Whose data an address names, by its parameters; undefined where it is nobody's or there is no such thing. */
  subjectOf?: (params: Record<string, string>) => Promise<CaseId | undefined>
  log: Log
  /** Folder of the built client; undefined when another server gives it (development). */
  clientFolder: string | undefined
}

export function createHttp(options: HttpOptions): Express {
  const { routes, addresses, log, clientFolder } = options
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  app.set('case sensitive routing', true)
  app.set('strict routing', true)
  app.use(beginAnswer)
  app.use(securityHeaders(addresses))
  app.use(refuseForeignOrigin(addresses))
  mountRoutes(app, routes, options)
  if (clientFolder !== undefined) app.use(...clientFiles(clientFolder))
  app.use(() => {
    throw new Refusal('not-found')
  })
  app.use(answerError(log))
  return app
}

const MOUNT: Record<Method, 'get' | 'post' | 'patch' | 'delete'> = {
  GET: 'get',
  POST: 'post',
  PATCH: 'patch',
  DELETE: 'delete',
}

function mountRoutes(app: Express, routes: readonly Route[], options: HttpOptions): void {
  const seen = new Set<string>()
  for (const route of routes) {
    const name = `${route.method} ${route.path}`
    if (seen.has(name)) throw new Error(`Two routes for ${name}`)
    seen.add(name)
    app[MOUNT[route.method]](route.path, handlerOf(route, options))
  }
}

/** The handlers that came from a declared route; a test compares the router against it. */
const declared = new WeakSet<object>()
export const isDeclaredHandler = (handler: object): boolean => declared.has(handler)

function handlerOf(route: Route, options: HttpOptions): RequestHandler {
  const { callerOf, onActivity, addresses, rates, pace, audit, subjectOf } = options
  /** Whoever is let into an address that names a household has looked at it, also where the answer holds little: on record before it leaves. */
  async function recordForgotten(
    { method, path }: Route,
    { caller, params, address }: Call<string, z.ZodType, z.ZodType, Caller>,
    subjects: ReadonlySet<string>,
  ): Promise<void> {
    if (caller.state !== 'signed-in') return
    const subject = await subjectOf?.(params)
    if (subject === undefined || subjects.has(subject)) return
    const what = path.split('/').findLast(part => part !== '' && !part.startsWith(':'))
    await audit.record({
      actor: caller.person.userId,
      sessionId: caller.person.sessionId,
      address,
      action: `${what}.${method === 'GET' ? 'look' : 'change'}`,
      subject,
      object: [`${method} ${path}`, ...Object.values(params).filter(isId)].join(' '),
      outcome: 'ok',
    })
  }

  const handler: RequestHandler = async (request, response) => {
    const params = request.params as Record<string, string>
    for (const [name, value] of Object.entries(params)) {
      if (name.endsWith('Id') && !isId(value)) throw new Refusal('not-found')
    }
    const { cookie, host = '' } = request.headers
    const address = addresses.clientAddressOf(request)
    const caller = await callerOf(cookie, address)
    await rates.spend(route.rate, caller.state === 'anonymous' ? address : caller.person.userId, address)
    const paced = pace.begin()
    try {
      route.admit(caller)
      const call: Call<string, z.ZodType, z.ZodType, Caller> = {
        caller,
        params,
        query: (route.query ?? z.strictObject({})).parse(readQuery(request.url)),
        body: await bodyFor(route, request),
        cookie,
        address,
        host: host.toLowerCase(),
        requestId: requestIdOf(response),
        setCookie: header => response.appendHeader('Set-Cookie', header),
      }
      if (route.method !== 'GET' && caller.state === 'signed-in') onActivity(caller.person)
      const { value: answer, subjects } = await audit.watch(() => route.answer(call))
      await recordForgotten(route, call, subjects)
      if (answer instanceof FileAnswer) await sendFile(response, answer)
      else response.json(answer)
    } catch (error) {
      if (isUpload(route.body) && caller.state === 'signed-in') await discardRest(request, route.body)
      if (caller.state === 'signed-in' && isDenial(error)) {
        await audit.record({
          actor: caller.person.userId,
          sessionId: caller.person.sessionId,
          address,
          action: 'authz.deny',
          subject: await subjectOf?.(params),
          object: [`${route.method} ${route.path}`, ...Object.values(params).filter(isId)].join(' '),
          outcome: 'denied',
          reason: error.reason,
        })
      }
      if (error instanceof Refusal && error.reason === 'not-found') await paced.denied()
      throw error
    } finally {
      paced.end()
    }
  }
  declared.add(handler)
  return handler
}

async function bodyFor(route: Route, request: IncomingMessage): Promise<unknown> {
  if (isUpload(route.body)) return readUpload(request, route.body)
  if (route.body) return withoutResidentNumbers(route.body.parse(await readJsonBody(request)))
  if (hasBody(request)) throw new Refusal('bad-request', 'no-body-here')
  return undefined
}

function isDenial(error: unknown): error is Refusal {
  if (!(error instanceof Refusal) || error instanceof RecordedRefusal) return false
  return error.reason === 'not-found' || error.reason === 'not-allowed'
}

const requestIdOf = (response: express.Response): string => response.locals.requestId as string

const beginAnswer: RequestHandler = (request, response, next) => {
  response.locals.requestId = randomBytes(9).toString('base64url')
  setNonce(response, randomBytes(16).toString('base64'))
  if (/^\/api(\/|$)/.test(request.path)) response.setHeader('Cache-Control', 'no-store')
  if (request.rawHeaders.length / 2 > MAX_HEADERS) throw new Refusal('too-large', 'headers')
  next()
}

/** SECURITY R14. A page of ours says so in `Origin`; a request that changes something without saying where it comes from is refused. */
function refuseForeignOrigin(addresses: Addresses): RequestHandler {
  return (request, _response, next) => {
    const { origin, host, 'sec-fetch-site': site } = request.headers
    const reads = request.method === 'GET' || request.method === 'HEAD'
    const isOurs = origin === undefined ? reads || site === 'same-origin' : addresses.isOurOrigin(origin, host)
    const isForeignRead = reads && request.path.startsWith('/api/') && (site === 'cross-site' || site === 'same-site')
    if (!isOurs || isForeignRead) throw new Refusal('wrong-origin')
    next()
  }
}

function answerError(log: Log): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const refusal = refusalOf(error)
    const requestId = requestIdOf(response)
    const fields = { requestId, method: request.method, route: request.route?.path ?? null, reason: refusal.reason }
    if (refusal.reason === 'internal') log.error({ ...fields, error }, 'Request failed')
    else if (refusal.reason === 'store-unavailable') log.warn({ ...fields, error }, 'The store did not answer')
    else log.debug({ ...fields, detail: refusal.detail }, 'Request refused')
    if (response.headersSent) {
      response.destroy()
      return
    }
    // What is left of a body that we did not read would be taken for the next request.
    if (!request.complete) response.setHeader('Connection', 'close')
    const body: ErrorBody = {
      error: { reason: refusal.reason, ...(refusal.detail !== undefined && { detail: refusal.detail }), requestId },
    }
    response.status(REFUSALS[refusal.reason].http).json(body)
  }
}

/** Everything that can be thrown, as a refusal. What we do not know is `internal`, and says nothing outside. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof StoreUnavailable) return new Refusal('store-unavailable', undefined, { cause: error })
  if (error instanceof z.ZodError) return new Refusal('bad-request', fieldOf(error))
  // The router's own: an address that cannot be decoded.
  if (error instanceof URIError) return new Refusal('bad-request', 'address')
  return new Refusal('internal', undefined, { cause: error })
}

/** The field that was wrong, by our own schema's name; a key that is not in the schema is not echoed. */
function fieldOf(error: z.ZodError): string | undefined {
  const issue = error.issues[0]
  if (issue === undefined || issue.code === 'unrecognized_keys') return 'unknown-field'
  return issue.path.length > 0 ? issue.path.join('.').slice(0, 80) : undefined
}
