// Words for the same thing, as EOBs, payers and front desks say it: whoever types one finds what is written with another.
const SAME: readonly (readonly string[])[] = [
  ['x-ray', 'xray', 'film', 'radiograph', 'imaging', 'periapical', 'bitewing'],
  ['authorization', 'preauthorization', 'pre-authorization', 'precertification', 'approval', 'predetermination'],
  ['necessary', 'necessity', 'medically'],
  ['contract', 'fee schedule', 'allowed', 'write-off', 'charge exceeds', 'ucr'],
  ['deductible'],
  ['coinsurance', 'copay', 'co-pay', 'co-payment'],
  ['duplicate', 'twice', 'already paid'],
  ['frequency', 'too often', 'benefit maximum', 'limit'],
  ['bundled', 'included', 'inclusive', 'part of another'],
  ['late', 'timely', 'time limit', 'deadline'],
  ['not covered', 'non-covered', 'noncovered', 'excluded', 'exclusion'],
  ['other insurance', 'another payer', 'coordination', 'cob', 'primary', 'secondary'],
  ['eligible', 'eligibility', 'terminated', 'coverage', 'not insured'],
  ['narrative', 'information', 'documentation', 'records', 'attachment', 'notes'],
  ['downgrade', 'alternate', 'alternative', 'least costly'],
]
/** Shorter than that a beginning says too little. */
const ENOUGH = 3

/** The word itself, and the others for what it begins: `x-ray` also finds `film` and `radiograph`. */
export function alike(word: string): readonly string[] {
  if (word.length < ENOUGH) return [word]
  const groups = SAME.filter((words) => words.some((one) => one.startsWith(word)))
  return [word, ...groups.flat()]
}
