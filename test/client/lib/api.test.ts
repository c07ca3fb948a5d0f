import { describe, expect, test } from 'vitest'
import { ApiError, type ApiOptions, createApi } from '../../../client/lib/api.ts'
import type { ConferenceId } from '../../../shared/ids.ts'

interface Seen {
  method: string
  path: string
  body: string | undefined
  headers: Record<string, string>
}

/** A server that gives the answers in turn and remembers what it was asked. */
function serverOf(...answers: (Response | Error)[]) {
  const seen: Seen[] = []
  const fetch: ApiOptions['fetch'] = (input, init) => {
    seen.push({
      method: init?.method ?? 'GET',
      path: String(input),
      body: typeof init?.body === 'string' ? init.body : undefined,
      headers: Object.fromEntries(new Headers(init?.headers)),
    })
    const answer = answers.shift()
    if (answer === undefined) return Promise.reject(new Error('no more answers'))
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  return { fetch, seen }
}

const ok = (value: unknown) => Response.json(value)
const refused = (status: number, reason: string, detail?: string) =>
  Response.json({ error: { reason, detail, requestId: 'abc' } }, { status })

const id = 'A'.repeat(22) as ConferenceId

describe('a call', () => {
  test('sends JSON and only then says so', async () => {
    const { fetch, seen } = serverOf(ok({}), ok({ idleLocksAt: 5 }))
    const api = createApi({ fetch })
    await api.moveConference(id, { _v: 3, to: 'live' })
    await api.activity()
    expect(seen[0]).toMatchObject({
      method: 'POST',
      path: `/api/conferences/${id}/state`,
      body: '{"_v":3,"to":"live"}',
    })
    expect(seen[0]?.headers['content-type']).toBe('application/json')
    expect(seen[1]?.body).toBeUndefined()
    expect(seen[1]?.headers['content-type']).toBeUndefined()
  })

  test('a refusal keeps its reason, detail and number', async () => {
    const { fetch } = serverOf(refused(400, 'bad-request', 'one-leader'))
    await expect(createApi({ fetch }).conferences()).rejects.toMatchObject({
      reason: 'bad-request',
      detail: 'one-leader',
      requestId: 'abc',
    })
  })

  test.each([
    [new TypeError('Failed to fetch'), 'unreachable'],
    [new Response('<h1>Bad gateway</h1>', { status: 502 }), 'unreachable'],
    [new Response('gone', { status: 404 }), 'not-found'],
    [new Response('', { status: 418 }), 'internal'],
    [refused(400, 'toString'), 'internal'],
  ])('something that is no answer of ours has a reason too (%#)', async (answer, reason) => {
    const { fetch } = serverOf(answer)
    await expect(createApi({ fetch }).conferences()).rejects.toMatchObject({ reason })
  })
})

describe('a session that is locked or over', () => {
  test('holds the call until the same person is back, then makes it again', async () => {
    const { fetch, seen } = serverOf(refused(401, 'session-locked'), ok({ conferences: [] }))
    const told: string[] = []
    let back: (mayGoOn: boolean) => void = () => {}
    const api = createApi({
      fetch,
      onSessionTrouble: reason => {
        told.push(reason)
        return new Promise(resolve => {
          back = resolve
        })
      },
    })
    const answer = api.conferences()
    await expect.poll(() => told).toEqual(['session-locked'])
    expect(seen).toHaveLength(1)
    back(true)
    expect(await answer).toEqual({ conferences: [] })
    expect(seen).toHaveLength(2)
  })

  test('gives up when nobody comes back', async () => {
    const { fetch, seen } = serverOf(refused(401, 'not-signed-in'))
    const api = createApi({ fetch, onSessionTrouble: () => Promise.resolve(false) })
    await expect(api.conferences()).rejects.toBeInstanceOf(ApiError)
    expect(seen).toHaveLength(1)
  })

  test('the session’s own calls never wait for themselves', async () => {
    const { fetch } = serverOf(refused(401, 'not-signed-in'))
    const api = createApi({ fetch, onSessionTrouble: () => new Promise(() => {}) })
    await expect(api.unlock('x')).rejects.toMatchObject({ reason: 'not-signed-in' })
  })
})
