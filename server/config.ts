/**
 * Everything that can be configured, as one table: name, default, what is allowed, one sentence. Read once at start; every wrong value is
 * reported by name, all at once, and nothing starts. `npm start -- --help` prints the table.
 */
import { isIP } from 'node:net'
import { isAbsolute } from 'node:path'
import { INSIDE_NETWORKS, isPrivateAddress, isThisMachine } from './lib/host-names.ts'
import { LOG_LEVELS, type LogLevel } from './lib/log.ts'

interface Setting<T> {
  /** As one would write it; empty for none. */
  default: string
  allowed: string
  says: string
  /** The value, or undefined when the text is not allowed. */
  parse(text: string): T | undefined
}

const setting = <T>(one: Setting<T>): Setting<T> => one

const SETTINGS = {
  PORT: setting({ default: '3000', ...whole(0, 65_535), says: 'The port to listen on; 0 takes any free one.' }),
  HOST: setting({
    default: '127.0.0.1',
    allowed: 'an IP address of this machine, or 0.0.0.0 or :: for all',
    says: 'The address to listen on. Put a reverse proxy with TLS in front of anything but this machine.',
    parse: text => (isIP(text) ? text : text === 'localhost' ? '127.0.0.1' : undefined),
  }),
  DURE_PUBLIC_URL: setting({
    default: '',
    allowed: 'an origin such as https://dure.example.go.kr, without a path; empty for http://localhost:PORT',
    says: 'The address that people type. Requests that change something are taken from pages of this origin only.',
    parse: parseOrigin,
  }),
  DURE_ALLOW_PLAIN_HTTP: setting({
    default: 'no',
    ...oneOf(['yes', 'no']),
    says: 'Allows a DURE_PUBLIC_URL with plain http that is not this machine; the sign-in page then warns everybody.',
  }),
  DURE_TRUSTED_PROXIES: setting({
    default: '',
    allowed: 'IP addresses or networks (10.0.0.0/8), separated by commas',
    says: 'Reverse proxies of our own, whose X-Forwarded-For is believed. From anybody else the header is ignored.',
    parse: parseNetworks,
  }),
  MONGODB_URL: setting({
    default: '',
    allowed: 'mongodb://… or mongodb+srv://…; empty for the embedded store',
    says: 'The MongoDB to store in. Without it everything is kept in DURE_DATA_DIR.',
    parse: text => (text === '' || /^mongodb(\+srv)?:\/\/\S+$/.test(text) ? text : undefined),
  }),
  DURE_DATA_DIR: setting({
    default: './data',
    ...path(),
    says: 'The folder of the embedded store; one process at a time.',
  }),
  DURE_KEY_FILE: setting({
    default: './keys/dure.key',
    ...path(),
    says: 'The key that everything at rest is encrypted under, made at the first start. Back it up apart from the data.',
  }),
  DURE_DEMO: setting({
    default: '',
    allowed: 'on or off; empty: on when neither an address, nor MongoDB, nor production is configured',
    says: 'Starts with a made-up community to try. Never for real work: its passwords are public.',
    parse: text => (text === 'on' || text === 'off' || text === '' ? text : undefined),
  }),
  DURE_IDLE_MINUTES: setting({
    default: '10',
    ...whole(1, 60),
    says: 'Minutes without a hand on the keyboard until the screen is covered and asks the password (not in a live conference).',
  }),
  DURE_SESSION_HOURS: setting({
    default: '12',
    ...whole(1, 24),
    says: 'Hours until one has to sign in anew, whatever one does.',
  }),
  DURE_LOCKOUT_ATTEMPTS: setting({
    default: '5',
    ...whole(3, 20),
    says: 'Wrong passwords in a row until the account is locked for a while.',
  }),
  DURE_LOCKOUT_MINUTES: setting({
    default: '15',
    ...whole(1, 1440),
    says: 'Minutes that a locked account stays locked.',
  }),
  DURE_SECOND_FACTOR: setting({
    default: 'outside',
    ...oneOf(['off', 'outside', 'always']),
    says:
      'Where everybody must have a second factor (a code from a phone) beside the password: nowhere, outside the agencies’ own networks, or ' +
      'everywhere. With https and no DURE_TRUSTED_PROXIES nobody can be told to be inside. Whoever has one is always asked; the demo demands none.',
  }),
  DURE_INSIDE_NETWORKS: setting({
    default: INSIDE_NETWORKS.join(','),
    allowed: 'IP addresses or networks (203.0.113.0/24), separated by commas',
    says: 'The agencies’ own networks, where DURE_SECOND_FACTOR=outside demands nothing. By default this machine and private networks.',
    parse: parseNetworks,
  }),
  DURE_MINUTES_WORKING_DAYS: setting({
    default: '3',
    ...whole(1, 20),
    says: 'Working days after which circulated minutes are final when nobody objected. Each circulation may choose another number.',
  }),
  DURE_SCAN_COMMAND: setting({
    default: '',
    allowed: 'an absolute path of a program and its arguments, separated by spaces; empty for none',
    says:
      'Looks for malware in each paper before it opens to others: gets the bytes through its standard input and ends with 0 for nothing found, ' +
      '1 for something found (server/papers/PAPERS.md). Without it papers are marked as not scanned.',
    parse: parseCommand,
  }),
  DURE_SCAN_SECONDS: setting({
    default: '30',
    ...whole(1, 120),
    says: 'Seconds that DURE_SCAN_COMMAND may take for one paper; what takes longer is refused.',
  }),
  DURE_SMTP_URL: setting({
    default: '',
    allowed:
      'smtp://user:password@host:587 or smtps://user:password@host:465, with signs in them written as in any URL; empty for none',
    says:
      'The mail server that notices are sent through; outside private networks only with TLS. Without it people see them in the application alone. ' +
      'Mails hold no content of any meeting or case.',
    parse: parseSmtp,
  }),
  DURE_MAIL_FROM: setting({
    default: '',
    allowed: 'an e-mail address, or 이름 <address>',
    says: 'Whom mails come from; needed with DURE_SMTP_URL.',
    parse: text => (text === '' || parseFrom(text) ? text : undefined),
  }),
  DURE_STOP_SECONDS: setting({
    default: '10',
    ...whole(1, 600),
    says:
      'Seconds that stopping may take, until what was typed is stored and everybody is told; after them the process ends with 1. Take fewer than ' +
      'your service manager waits.',
  }),
  LOG_LEVEL: setting<LogLevel>({ default: 'info', ...oneOf(LOG_LEVELS), says: 'How much the log tells.' }),
  NODE_ENV: setting({
    default: '',
    allowed: 'production, development, test or empty',
    says: 'With production the demo is refused.',
    parse: text => (['', 'production', 'development', 'test'].includes(text) ? text : undefined),
  }),
}

type Name = keyof typeof SETTINGS
const NAMES = Object.keys(SETTINGS) as Name[]

export interface Config {
  port: number
  host: string
  /** Undefined: http://localhost and the port that is listened on. */
  publicUrl: URL | undefined
  trustedProxies: readonly string[]
  mongodbUrl: string | undefined
  dataDirectory: string
  keyFile: string
  demo: boolean
  idleLimitMs: number
  sessionLimitMs: number
  lockoutAttempts: number
  lockoutMs: number
  secondFactor: 'off' | 'outside' | 'always'
  insideNetworks: readonly string[]
  minutesWorkingDays: number
  /** The program and its arguments; undefined for none. */
  scanCommand: readonly [string, ...string[]] | undefined
  scanLimitMs: number
  /** The mail server and whom mails come from; undefined for none. */
  smtp: { url: URL; from: string } | undefined
  stopLimitMs: number
  logLevel: LogLevel
  production: boolean
  /** Plain http on an address that is not this machine, allowed by the switch. */
  warnPlainHttp: boolean
}

/** The environment asks for something that is not allowed. `problems` says each in words. */
export class ConfigProblem extends Error {
  override name = 'ConfigProblem'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`Dure does not start, because of its configuration:\n${problems.map(problem => `  - ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** @throws {ConfigProblem} naming every wrong value at once */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = []
  const read = <T>(name: Name, { parse, default: byDefault, allowed }: Setting<T>): T => {
    const given = environment[name]?.trim()
    const value = parse(given === undefined || given === '' ? byDefault : given)
    if (value !== undefined) return value
    // The value itself is not repeated: a database address may hold a password.
    problems.push(`${name} is not allowed. Allowed: ${allowed}.`)
    return parse(byDefault) as T
  }
  const value = {
    port: read('PORT', SETTINGS.PORT),
    host: read('HOST', SETTINGS.HOST),
    publicUrl: read('DURE_PUBLIC_URL', SETTINGS.DURE_PUBLIC_URL) ?? undefined,
    plainHttp: read('DURE_ALLOW_PLAIN_HTTP', SETTINGS.DURE_ALLOW_PLAIN_HTTP) === 'yes',
    trustedProxies: read('DURE_TRUSTED_PROXIES', SETTINGS.DURE_TRUSTED_PROXIES),
    mongodbUrl: read('MONGODB_URL', SETTINGS.MONGODB_URL) || undefined,
    dataDirectory: read('DURE_DATA_DIR', SETTINGS.DURE_DATA_DIR),
    keyFile: read('DURE_KEY_FILE', SETTINGS.DURE_KEY_FILE),
    demo: read('DURE_DEMO', SETTINGS.DURE_DEMO),
    idleLimitMs: read('DURE_IDLE_MINUTES', SETTINGS.DURE_IDLE_MINUTES) * 60_000,
    sessionLimitMs: read('DURE_SESSION_HOURS', SETTINGS.DURE_SESSION_HOURS) * 3_600_000,
    lockoutAttempts: read('DURE_LOCKOUT_ATTEMPTS', SETTINGS.DURE_LOCKOUT_ATTEMPTS),
    lockoutMs: read('DURE_LOCKOUT_MINUTES', SETTINGS.DURE_LOCKOUT_MINUTES) * 60_000,
    secondFactor: read('DURE_SECOND_FACTOR', SETTINGS.DURE_SECOND_FACTOR),
    insideNetworks: read('DURE_INSIDE_NETWORKS', SETTINGS.DURE_INSIDE_NETWORKS),
    minutesWorkingDays: read('DURE_MINUTES_WORKING_DAYS', SETTINGS.DURE_MINUTES_WORKING_DAYS),
    scanCommand: read('DURE_SCAN_COMMAND', SETTINGS.DURE_SCAN_COMMAND) ?? undefined,
    scanLimitMs: read('DURE_SCAN_SECONDS', SETTINGS.DURE_SCAN_SECONDS) * 1000,
    smtpUrl: read('DURE_SMTP_URL', SETTINGS.DURE_SMTP_URL) ?? undefined,
    mailFrom: read('DURE_MAIL_FROM', SETTINGS.DURE_MAIL_FROM),
    stopLimitMs: read('DURE_STOP_SECONDS', SETTINGS.DURE_STOP_SECONDS) * 1000,
    logLevel: read('LOG_LEVEL', SETTINGS.LOG_LEVEL),
    production: read('NODE_ENV', SETTINGS.NODE_ENV) === 'production',
  }
  const { publicUrl, plainHttp, demo: demoSwitch, smtpUrl, mailFrom, ...rest } = value
  const nothingConfigured = !publicUrl && !value.mongodbUrl && !value.production
  const demo = demoSwitch === 'on' || (demoSwitch === '' && nothingConfigured)
  const isPlainElsewhere = publicUrl?.protocol === 'http:' && !isThisMachine(publicUrl.hostname)

  if (isPlainElsewhere && !plainHttp) {
    problems.push(
      'DURE_PUBLIC_URL is plain http on an address that is not this machine: passwords and cases would cross the network ' +
        'readable by others. Use https, or set DURE_ALLOW_PLAIN_HTTP=yes for a closed network.',
    )
  }
  if (demo && value.production) {
    problems.push('DURE_DEMO=on with NODE_ENV=production: the demo has public passwords. Set DURE_DEMO=off.')
  }
  if (demo && publicUrl && !isPrivateAddress(publicUrl.hostname)) {
    problems.push('DURE_DEMO=on with a public DURE_PUBLIC_URL: the demo has public passwords. Set DURE_DEMO=off.')
  }
  if (smtpUrl && mailFrom === '') problems.push('DURE_SMTP_URL without DURE_MAIL_FROM: say whom mails come from.')
  if (problems.length > 0) throw new ConfigProblem(problems)
  const smtp = smtpUrl && { url: smtpUrl, from: mailFrom }
  return { ...rest, smtp, publicUrl, demo, warnPlainHttp: isPlainElsewhere }
}

/** The table, for people. */
export function describeSettings(): string {
  return NAMES.map(name => {
    const { default: byDefault, allowed, says } = SETTINGS[name]
    return `${name}${byDefault ? ` (${byDefault})` : ''}\n    ${says}\n    Allowed: ${allowed}.`
  }).join('\n')
}

function whole(from: number, to: number) {
  return {
    allowed: `a whole number from ${from} to ${to}`,
    parse: (text: string) =>
      /^\d{1,6}$/.test(text) && Number(text) >= from && Number(text) <= to ? Number(text) : undefined,
  }
}

function oneOf<const T extends readonly string[]>(values: T) {
  return {
    allowed: values.join(', '),
    parse: (text: string): T[number] | undefined => values.find(one => one === text),
  }
}

function path() {
  return { allowed: 'a path', parse: (text: string) => (text.length > 0 && !text.includes('\0') ? text : undefined) }
}

function parseOrigin(text: string): URL | null | undefined {
  if (text === '') return null
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isOrigin = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password
  return isOrigin && (url.protocol === 'http:' || url.protocol === 'https:') ? url : undefined
}

/** Null for none. */
function parseSmtp(text: string): URL | null | undefined {
  if (text === '') return null
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isServer = url?.hostname && (url.protocol === 'smtp:' || url.protocol === 'smtps:')
  return isServer && /^\/?$/.test(url.pathname) && !url.search && !url.hash ? url : undefined
}

/** One address, with or without a name, and nothing that could begin another header. */
const parseFrom = (text: string): boolean =>
  /^([^<>",;:\r\n]{1,60} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@,;:]+@[^\s<>@,;:]+)$/.test(text)

function parseNetworks(text: string): string[] | undefined {
  const networks = text
    .split(',')
    .map(one => one.trim())
    .filter(one => one !== '')
  const isNetwork = (one: string) => {
    const [address = '', bits, more] = one.split('/')
    const family = isIP(address)
    if (family === 0 || more !== undefined) return false
    return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
  }
  return networks.every(isNetwork) ? networks : undefined
}

/** Null for none. Read by no shell: quotes mean nothing, and a relative path would be another program in another folder. */
function parseCommand(text: string): [string, ...string[]] | null | undefined {
  if (text === '') return null
  const [program = '', ...given] = text.split(/\s+/)
  return isAbsolute(program) && !text.includes('\0') ? [program, ...given] : undefined
}
