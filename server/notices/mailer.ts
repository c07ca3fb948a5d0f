/**
 * The line to the mail server. What comes of a mail is one of four, and only one of them may be tried again: where the server said no for now, or
 * was not reached. Once the line broke with the mail on it, nobody knows (SPEC NM5).
 */
import { createTransport } from 'nodemailer'
import { isPrivateAddress } from '../lib/host-names.ts'
import type { MailText } from './mail-words.ts'

export type MailOutcome = 'accepted' | 'later' | 'refused' | 'unknown'

export interface Mailer {
  /** Reaches the server and signs in. @throws MailerAway */
  check(): Promise<void>
  /** @param mailId opaque; becomes the message's id */
  send(mail: MailText & { to: string; mailId: string }): Promise<MailOutcome>
  close(): void
}

/** The mail server cannot be reached, or does not let us in. `code` is for the operator: never an address, never a password. */
export class MailerAway extends Error {
  override name = 'MailerAway'
  readonly code: string
  constructor(code: string, options?: ErrorOptions) {
    super(`The mail server cannot be used now: ${code}`, options)
    this.code = code
  }
}

/** A server that says nothing for so long is away. */
const SILENCE_MS = 20_000

/** @param url `smtp://` or `smtps://`, with user and password where the server asks for them */
export function createMailer({ url, from }: { url: URL; from: string }): Mailer {
  const isSecure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const transport = createTransport({
    host,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    // Passwords and addresses cross no open network in clear.
    requireTLS: !isSecure && !isPrivateAddress(url.hostname),
    ...(url.username !== '' && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
    connectionTimeout: SILENCE_MS,
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '')
  return {
    async check() {
      try {
        await transport.verify()
      } catch (error) {
        throw new MailerAway(codeOf(error), { cause: error })
      }
    },
    async send({ to, subject, text, mailId }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${mailId}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return 'accepted'
      } catch (error) {
        return outcomeOf(error)
      }
    },
    close: () => transport.close(),
  }
}

interface SmtpFailure {
  code?: unknown
  responseCode?: unknown
  syscall?: unknown
  command?: unknown
}

/** @param error what the library threw while a mail was under way */
export function outcomeOf(error: unknown): Exclude<MailOutcome, 'accepted'> {
  const { responseCode, syscall, code, command } = failureOf(error)
  // A no in words is certain. Only one to the recipient is about the address; any other is about us.
  if (typeof responseCode === 'number') return responseCode >= 500 && command === 'RCPT TO' ? 'refused' : 'later'
  const isBefore = code === 'EAUTH' || code === 'EDNS' || code === 'ETLS' || syscall === 'connect'
  return isBefore ? 'later' : 'unknown'
}

function codeOf(error: unknown): string {
  const { responseCode, code } = failureOf(error)
  const known = [code, responseCode].filter(one => typeof one === 'string' || typeof one === 'number')
  return known.length > 0 ? known.join(' ') : 'unknown'
}

const failureOf = (error: unknown): SmtpFailure => (typeof error === 'object' && error !== null ? error : {})
