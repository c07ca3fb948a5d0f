import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { discardRest, readJsonBody, readUpload, upload } from '../../../server/transport/request-body.ts'

/** A request as far as it has come. */
function requestWith(headers: Record<string, string>, ...parts: Buffer[]): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  Object.assign(request.headers, headers)
  for (const part of parts) request.push(part)
  return request
}

test('JSON that does not come to its end in time is not waited for', async () => {
  const slow = requestWith({ 'content-type': 'application/json' }, Buffer.from('{"a":'))
  await expect(readJsonBody(slow, 10)).rejects.toMatchObject({ reason: 'bad-request', detail: 'too-slow' })
  expect(slow.destroyed).toBe(true)
})

const spec = upload({ maxBytes: 10, about: z.strictObject({ title: z.string() }) })
const headers = {
  'content-type': 'application/octet-stream',
  'dure-about': encodeURIComponent(JSON.stringify({ title: '진단서' })),
}

test('what is said about an upload is checked before a byte of it is read', () => {
  const request = requestWith(headers, Buffer.from('12345'))
  expect(readUpload(request, spec).about).toEqual({ title: '진단서' })
  expect(request.readableLength).toBe(5)
  expect(() => readUpload(requestWith({ ...headers, 'dure-about': '%7B%7D' }), spec)).toThrow(z.ZodError)
})

test('an upload ends with its limit, and the rest of a refused one is thrown away up to it', async () => {
  const request = requestWith(headers, Buffer.alloc(8), Buffer.alloc(8))
  const read = async () => {
    for await (const _ of readUpload(request, spec).read());
  }
  await expect(read()).rejects.toMatchObject({ reason: 'too-large' })
  const refused = requestWith(headers, Buffer.alloc(4), Buffer.alloc(4))
  refused.push(null)
  await discardRest(refused, spec)
  expect([refused.readableLength, refused.readableEnded]).toEqual([0, true])
})
