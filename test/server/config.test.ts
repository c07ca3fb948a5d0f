import { describe, expect, test } from 'vitest'
import { ConfigProblem, describeSettings, readConfig } from '../../server/config.ts'

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigProblem) return error.problems
    throw error
  }
  return []
}

describe('configuration', () => {
  test('nothing configured is the demo on the embedded store, for this machine alone', () => {
    expect(readConfig({})).toMatchInlineSnapshot(`
      {
        "dataDirectory": "./data",
        "demo": true,
        "host": "127.0.0.1",
        "idleLimitMs": 600000,
        "insideNetworks": [
          "127.0.0.0/8",
          "::1",
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "169.254.0.0/16",
          "fc00::/7",
          "fe80::/10",
        ],
        "keyFile": "./keys/dure.key",
        "lockoutAttempts": 5,
        "lockoutMs": 900000,
        "logLevel": "info",
        "minutesWorkingDays": 3,
        "mongodbUrl": undefined,
        "port": 3000,
        "production": false,
        "publicUrl": undefined,
        "scanCommand": undefined,
        "scanLimitMs": 30000,
        "secondFactor": "outside",
        "sessionLimitMs": 43200000,
        "smtp": undefined,
        "stopLimitMs": 10000,
        "trustedProxies": [],
        "warnPlainHttp": false,
      }
    `)
  })

  test('an address, a database or production is a real installation unless the demo is asked for', () => {
    expect(readConfig({ DURE_PUBLIC_URL: 'https://dure.example.go.kr' }).demo).toBe(false)
    expect(readConfig({ MONGODB_URL: 'mongodb://127.0.0.1/dure' }).demo).toBe(false)
    expect(readConfig({ NODE_ENV: 'production' }).demo).toBe(false)
    expect(readConfig({ DURE_DEMO: 'off' }).demo).toBe(false)
    expect(readConfig({ MONGODB_URL: 'mongodb://127.0.0.1/dure', DURE_DEMO: 'on' }).demo).toBe(true)
  })

  test('every wrong value is reported by name, all at once, without repeating the value', () => {
    const problems = problemsOf({
      PORT: '70000',
      HOST: 'example.org',
      DURE_PUBLIC_URL: 'https://dure.example.go.kr/path',
      DURE_TRUSTED_PROXIES: '10.0.0.0/99',
      MONGODB_URL: 'postgres://user:hidden-word@db/dure',
      DURE_DEMO: 'maybe',
      DURE_IDLE_MINUTES: '0',
      DURE_SECOND_FACTOR: 'sometimes',
      DURE_INSIDE_NETWORKS: 'the office',
      LOG_LEVEL: 'loud',
      NODE_ENV: 'staging',
    })
    expect(problems.map(problem => problem.split(' ')[0])).toEqual([
      'PORT',
      'HOST',
      'DURE_PUBLIC_URL',
      'DURE_TRUSTED_PROXIES',
      'MONGODB_URL',
      'DURE_DEMO',
      'DURE_IDLE_MINUTES',
      'DURE_SECOND_FACTOR',
      'DURE_INSIDE_NETWORKS',
      'LOG_LEVEL',
      'NODE_ENV',
    ])
    expect(problems.every(problem => problem.includes('Allowed: '))).toBe(true)
    expect(problems.join()).not.toContain('hidden-word')
  })

  test.each([
    ['NODE_ENV=production', { DURE_DEMO: 'on', NODE_ENV: 'production' }],
    ['a public name', { DURE_DEMO: 'on', DURE_PUBLIC_URL: 'https://dure.example.go.kr' }],
    ['a public address', { DURE_DEMO: 'on', DURE_PUBLIC_URL: 'https://203.0.113.9' }],
  ])('the demo is refused in words with %s', (_, environment) => {
    expect(problemsOf(environment).join()).toMatch(/demo has public passwords.*DURE_DEMO=off/)
  })

  test('the demo may be shown in a closed network', () => {
    const lan = { DURE_DEMO: 'on', DURE_PUBLIC_URL: 'http://192.168.0.7:3000', DURE_ALLOW_PLAIN_HTTP: 'yes' }
    expect(readConfig(lan)).toMatchObject({ demo: true, warnPlainHttp: true })
  })

  test('plain http on another address needs the switch, and is then warned about', () => {
    expect(problemsOf({ DURE_PUBLIC_URL: 'http://dure.example.go.kr' }).join()).toContain('DURE_ALLOW_PLAIN_HTTP=yes')
    const allowed = readConfig({ DURE_PUBLIC_URL: 'http://dure.example.go.kr', DURE_ALLOW_PLAIN_HTTP: 'yes' })
    expect(allowed.warnPlainHttp).toBe(true)
    for (const own of ['http://localhost:3000', 'http://saengyeon.localhost:3000', 'http://127.0.0.1:3000']) {
      expect(readConfig({ DURE_PUBLIC_URL: own }).warnPlainHttp).toBe(false)
    }
  })

  test('a scanner is named by its whole path, and no shell reads the line', () => {
    expect(readConfig({}).scanCommand).toBeUndefined()
    const { scanCommand, scanLimitMs } = readConfig({ DURE_SCAN_COMMAND: '/usr/bin/clamdscan  --no-summary -' })
    expect([scanCommand, scanLimitMs]).toEqual([['/usr/bin/clamdscan', '--no-summary', '-'], 30_000])
    expect(problemsOf({ DURE_SCAN_COMMAND: 'clamdscan -' }).join()).toContain('DURE_SCAN_COMMAND')
  })

  test('the table as it is printed', () => {
    expect(describeSettings()).toMatchSnapshot()
  })
})
