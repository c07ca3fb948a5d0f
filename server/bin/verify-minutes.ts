/**
 * `npm run verify-minutes -- FILE KEY`: whether a copy of minutes is as it was made. FILE is the bundle as it was exported (.json), KEY the public key of
 * the installation that made it, or a file that holds it. Reads the file and nothing else; ends with 0 when all is well, with 1 otherwise.
 */
import { existsSync, readFileSync } from 'node:fs'
import { PART_NAMES } from '../../shared/minutes/bundle.ts'
import { type MinutesProblem, type VerifyReport, verifyMinutes } from '../../shared/minutes/verify.ts'
import { createVerifier } from '../minutes/signing-key.ts'

const USAGE = 'Usage: npm run verify-minutes -- FILE KEY'

const [file, keyOrFile] = process.argv.slice(2)
process.exitCode = await main()

async function main(): Promise<number> {
  if (file === undefined || keyOrFile === undefined) return tell(USAGE)
  const key = (existsSync(keyOrFile) ? readFileSync(keyOrFile, 'utf8') : keyOrFile).trim()
  const verify = createVerifier(key)
  if (verify === undefined) return tell('KEY is no public key: 43 letters and digits are expected.')
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return tell(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const report = await verifyMinutes(value, key, verify)
  if (report.problems.length > 0) {
    for (const problem of report.problems) console.error(wordsOf(problem))
    return tell(`NOT as it was made: ${report.problems.length} problem(s).`)
  }
  console.log(summaryOf(report))
  return 0
}

function tell(words: string): number {
  console.error(words)
  return 1
}

function summaryOf({ version, versions, final, shown, hidden, signatures }: VerifyReport): string {
  const standing = final === null ? 'circulated, not final' : `final (${final.how}) at ${final.at}`
  const checked = `${shown} parts shown, ${hidden} hidden, ${signatures} signatures`
  return `As it was made: version ${version} of ${versions}, ${standing}; ${checked}.`
}

function wordsOf({ what, leaf, item, part, version, signatureId }: MinutesProblem): string {
  const place =
    item === undefined ? (leaf ?? '') : `item ${item}${leaf?.startsWith('supervision:') ? ' (supervision)' : ''}`
  const known = [...PART_NAMES.meeting, ...PART_NAMES.item, ...PART_NAMES.supervision].find(name => name === part)
  return [place, what, known ?? '', version === undefined ? '' : `version ${version}`, signatureId ?? '']
    .filter(Boolean)
    .join(': ')
}
