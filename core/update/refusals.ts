// Why an update is not taken, as the person reads it and as it stands in the trail.

export const UPDATE_REFUSALS = {
  off: 'Updates are off. Switch them on and save the address first.',
  unreachable: 'The address did not answer. Check it, and that this computer reaches it.',
  missing: 'There is no update for this computer in that place.',
  unsigned: 'The update carries no signature. Nothing was installed.',
  'wrong-signature': 'The update is not signed by the makers of Claimwright. Nothing was installed.',
  unreadable: 'The update cannot be read. Nothing was installed.',
  older: 'That version is older than this one. Nothing was installed.',
  tampered: 'The file is not the one that was signed. Nothing was installed.',
  unsure: 'Windows could not confirm who made the file. Nothing was installed.',
  'by-hand': 'This copy does not update itself. Install the new version over it: what the office entered stays.',
  'not-ready': 'There is no update waiting. Check again.',
} as const
export type UpdateRefusal = keyof typeof UPDATE_REFUSALS
export const REFUSAL_NAMES = Object.keys(UPDATE_REFUSALS) as [UpdateRefusal, ...UpdateRefusal[]]
