/** What a form can tell about a new password before the server judges it (common words, the login itself). */
export type NewPasswordFault = 'short' | 'different'

export function newPasswordFault(next: string, repeat: string): NewPasswordFault | undefined {
  if ([...next].length < 10) return 'short'
  if (next !== repeat) return 'different'
  return undefined
}
