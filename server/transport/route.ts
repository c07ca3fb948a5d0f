/**
 * One route of the HTTP interface, declared whole: method, path, who may, what comes in. A route without a policy does not compile, and
 * nothing else is mounted on the router (`http.ts`; tests walk it). Handlers parse nothing and decide nothing: they call a command and
 * return its view, which leaves as JSON; or a {@link FileAnswer}, which leaves as the bytes that it is.
 */
import type * as z from 'zod'
import type * as access from '../../shared/access.ts'
import { Refusal, type RefusalReason } from '../../shared/protocol/refusals.ts'
import type { Caller, SignedInCaller } from '../auth/caller.ts'
import type { PathIds } from './path-ids.ts'
import type { Upload, UploadSpec } from './request-body.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** The functions of `shared/access.ts` that answer a question of access. */
export type AccessQuestion = Extract<keyof typeof access, `can${string}`>

/**
 * `public`: anybody, `signed-in`: anybody with an open session, `operator`: who runs the installation; otherwise the question of
 * `shared/access.ts` that the route's `authorise` asks.
 */
export type PolicyName = 'public' | 'signed-in' | 'operator' | AccessQuestion

/** How often one person (or, unsigned, one address) may call. */
export type RateName = 'usual' | 'sign-in'

/** The names behind the colons of a path, each with the kind of id that it stands for. */
type ParamsOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? ParamNamed<Name> & ParamsOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? ParamNamed<Name>
    : Record<never, string>

type ParamNamed<Name extends string> = Record<Name, Name extends keyof PathIds ? PathIds[Name] : string>

type Parsed<Schema> = Schema extends z.ZodType
  ? z.output<Schema>
  : Schema extends UploadSpec<infer About>
    ? Upload<z.output<About>>
    : undefined

/** What a route may take: JSON of a schema, bytes, or nothing. */
export type BodySpec = z.ZodType | UploadSpec | undefined

/** A file as an answer. It is never shown as a page of ours (see `http.ts`). */
export class FileAnswer {
  readonly type: string
  readonly name: string
  readonly bytes: number
  readonly content: AsyncIterable<Uint8Array>
  constructor(file: { type: string; name: string; bytes: number; content: AsyncIterable<Uint8Array> }) {
    this.type = file.type
    this.name = file.name
    this.bytes = file.bytes
    this.content = file.content
  }
}

/** Where a request came from: the socket's address, or the one that a configured proxy names. */
export interface Origin {
  address: string
  /** Host name and port that the browser asked for. */
  host: string
  /** Opaque, in the answer of an error and in the log, to find one by the other. */
  requestId: string
}

export interface Call<Path extends string, Body, Query, Who extends Caller> extends Origin {
  caller: Who
  params: ParamsOf<Path>
  body: Parsed<Body>
  query: Parsed<Query>
  cookie: string | undefined
  setCookie(header: string): void
}

interface Common<Path extends string, Body, Query> {
  method: Method
  path: Path
  /** Strict schema of the JSON body, or that the body is bytes (`upload`). A route without one takes no body. */
  body?: Body
  /** Strict schema of the query; each parameter once. A route without one takes no query. */
  query?: Query
  rate?: RateName
  /** Open to somebody whose temporary password must be changed first. */
  evenWithTemporaryPassword?: true
  /** Open to somebody who must set up a second factor first. */
  evenWithoutSecondFactor?: true
  /** Is there for a guest as well, as far as its policy lets one. Every other route does not exist for them. */
  evenForGuests?: true
}

interface PublicRoute<Path extends string, Body, Query> extends Common<Path, Body, Query> {
  policy: 'public'
  handle(call: Call<Path, Body, Query, Caller>): Promise<object> | object
}

interface SignedInRoute<Path extends string, Body, Query> extends Common<Path, Body, Query> {
  policy: 'signed-in' | 'operator'
  handle(call: Call<Path, Body, Query, SignedInCaller>): Promise<object> | object
}

interface JudgedRoute<Path extends string, Body, Query, Facts> extends Common<Path, Body, Query> {
  policy: AccessQuestion
  /**
   * Reads what the question needs, asks it, and gives the handler the facts it was answered on. Throws `not-found` where the caller may
   * not know that the thing exists (see {@link permit}), so that both look the same from outside.
   */
  authorise(call: Call<Path, Body, Query, SignedInCaller>): Promise<Facts> | Facts
  handle(call: Call<Path, Body, Query, SignedInCaller>, facts: Facts): Promise<object> | object
}

/** A route as the table holds it, its types checked and put away. */
export interface Route {
  readonly method: Method
  readonly path: string
  readonly policy: PolicyName
  readonly body: BodySpec
  readonly query: z.ZodType | undefined
  readonly rate: RateName
  readonly evenWithTemporaryPassword: boolean
  readonly evenWithoutSecondFactor: boolean
  readonly evenForGuests: boolean
  /** Whether this caller gets so far that the request is read at all. @throws Refusal */
  admit(caller: Caller): void
  answer(call: Call<string, z.ZodType, z.ZodType, Caller>): Promise<object>
}

export function route<
  const Path extends string,
  Body extends BodySpec = undefined,
  Query extends z.ZodType | undefined = undefined,
>(spec: PublicRoute<Path, Body, Query>): Route
export function route<
  const Path extends string,
  Body extends BodySpec = undefined,
  Query extends z.ZodType | undefined = undefined,
>(spec: SignedInRoute<Path, Body, Query>): Route
export function route<
  const Path extends string,
  Facts,
  Body extends BodySpec = undefined,
  Query extends z.ZodType | undefined = undefined,
>(spec: JudgedRoute<Path, Body, Query, Facts>): Route
export function route(
  spec:
    | PublicRoute<string, z.ZodType, z.ZodType>
    | SignedInRoute<string, z.ZodType, z.ZodType>
    | JudgedRoute<string, z.ZodType, z.ZodType, unknown>,
): Route {
  return {
    method: spec.method,
    path: spec.path,
    policy: spec.policy,
    body: spec.body,
    query: spec.query,
    rate: spec.rate ?? 'usual',
    evenWithTemporaryPassword: spec.evenWithTemporaryPassword ?? false,
    evenWithoutSecondFactor: spec.evenWithoutSecondFactor ?? false,
    evenForGuests: spec.evenForGuests ?? false,
    admit(caller) {
      if (spec.policy === 'public') return
      const known = signedIn(caller, spec)
      if (spec.policy === 'operator') permit(known.actor.operator, 'not-allowed')
    },
    async answer(call) {
      if (spec.policy === 'public') return spec.handle(call)
      const known = { ...call, caller: signedIn(call.caller, spec) }
      if (spec.policy === 'operator') permit(known.caller.actor.operator, 'not-allowed')
      if (!('authorise' in spec)) return spec.handle(known)
      return spec.handle(known, await spec.authorise(known))
    },
  }
}

function signedIn(
  caller: Caller,
  spec: { evenWithTemporaryPassword?: true; evenWithoutSecondFactor?: true; evenForGuests?: true },
): SignedInCaller {
  if (caller.state === 'anonymous') throw new Refusal('not-signed-in')
  if (caller.state === 'second-factor') throw new Refusal('second-factor-required')
  if (caller.state === 'locked') throw new Refusal('session-locked')
  if (caller.actor.guest !== undefined && !spec.evenForGuests) throw new Refusal('not-found')
  if (caller.mustChangePassword && !spec.evenWithTemporaryPassword) throw new Refusal('password-change-required')
  if (caller.needsSecondFactor && !spec.evenWithoutSecondFactor) throw new Refusal('second-factor-required')
  return caller
}

/** Goes on only if the answer is yes. The default reason is the one that tells nothing. */
export function permit(answer: boolean, reason: RefusalReason = 'not-found'): asserts answer {
  if (!answer) throw new Refusal(reason)
}
