import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { isPrivateAddress } from '../../../server/lib/host-names.ts'
import { createAddresses } from '../../../server/transport/addresses.ts'

const local = createAddresses({ publicUrl: () => new URL('http://localhost:3000'), trustedProxies: [] })
const real = createAddresses({ publicUrl: () => new URL('https://dure.example.go.kr'), trustedProxies: [] })

function requestFrom(remoteAddress: string, forwardedFor?: string): IncomingMessage {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress })
  const request = new IncomingMessage(socket)
  if (forwardedFor !== undefined) request.headers['x-forwarded-for'] = forwardedFor
  return request
}

describe('which pages are ours', () => {
  test.each([
    ['http://localhost:3000', 'localhost:3000'],
    ['http://saengyeon.localhost:3000', 'saengyeon.localhost:3000'],
    ['http://127.0.0.1:3000', '127.0.0.1:3000'],
  ])('%s on this machine', (origin, host) => {
    expect(local.isOurOrigin(origin, host)).toBe(true)
  })

  test.each([
    ['another agency’s page', 'http://muhan.localhost:3000', 'saengyeon.localhost:3000'],
    ['another port', 'http://localhost:3001', 'localhost:3001'],
    ['another scheme', 'https://localhost:3000', 'localhost:3000'],
    ['a foreign page', 'https://evil.example', 'localhost:3000'],
    ['a foreign page that names itself as the host', 'http://evil.example', 'evil.example'],
    ['a name that only begins like ours', 'http://localhost.evil.example:3000', 'localhost.evil.example:3000'],
    ['a name two levels down', 'http://a.b.localhost:3000', 'a.b.localhost:3000'],
    ['a sandboxed page', 'null', 'localhost:3000'],
    ['no page', undefined, 'localhost:3000'],
    ['no host', 'http://localhost:3000', undefined],
  ])('not %s', (_, origin, host) => {
    expect(local.isOurOrigin(origin, host)).toBe(false)
  })

  test('a public address is one host and one scheme, and localhost is none of it', () => {
    expect(real.isOurOrigin('https://dure.example.go.kr', 'dure.example.go.kr')).toBe(true)
    expect(real.isOurOrigin('https://DURE.example.go.kr', 'DURE.example.go.kr')).toBe(false)
    expect(real.isOurOrigin('http://dure.example.go.kr', 'dure.example.go.kr')).toBe(false)
    expect(real.isOurOrigin('https://x.dure.example.go.kr', 'x.dure.example.go.kr')).toBe(false)
    expect(real.isOurOrigin('http://localhost', 'localhost')).toBe(false)
  })
})

describe('[R22] where a request comes from', () => {
  test('a header from anybody but a proxy of ours is ignored', () => {
    expect(real.clientAddressOf(requestFrom('203.0.113.9', '127.0.0.1'))).toBe('203.0.113.9')
  })

  test('a proxy of ours is believed for the hop it saw, not for what the client wrote before', () => {
    const proxied = createAddresses({
      publicUrl: () => new URL('https://dure.example.go.kr'),
      trustedProxies: ['10.0.0.0/8', '::1'],
    })
    expect(proxied.clientAddressOf(requestFrom('10.1.2.3', '198.51.100.4'))).toBe('198.51.100.4')
    expect(proxied.clientAddressOf(requestFrom('10.1.2.3', '127.0.0.1, 198.51.100.4'))).toBe('198.51.100.4')
    expect(proxied.clientAddressOf(requestFrom('::ffff:10.1.2.3', '127.0.0.1, 198.51.100.4, 10.9.9.9'))).toBe(
      '198.51.100.4',
    )
    expect(proxied.clientAddressOf(requestFrom('10.1.2.3', 'not-an-address'))).toBe('10.1.2.3')
    expect(proxied.clientAddressOf(requestFrom('10.1.2.3'))).toBe('10.1.2.3')
  })
})

test('private addresses are told from public ones', () => {
  const yes = ['localhost', 'a.localhost', '127.0.0.1', '[::1]', '10.1.1.1', '172.31.0.1', '192.168.1.1', '[fd00::1]']
  const no = ['dure.example.go.kr', '172.32.0.1', '8.8.8.8', '[2001:db8::1]', 'localhost.example', '1270.0.0.1']
  expect(yes.filter(isPrivateAddress)).toEqual(yes)
  expect(no.filter(isPrivateAddress)).toEqual([])
})
