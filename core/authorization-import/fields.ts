// What an office's own log of authorizations may hold, and by which headings its columns are recognized.

export const IMPORT_FIELDS = [
  { id: 'patient', label: 'Patient (last, first)', words: ['patient', 'patient name', 'name', 'pt', 'pt name'] },
  { id: 'lastName', label: 'Last name', words: ['last name', 'last', 'surname', 'patient last name'] },
  { id: 'firstName', label: 'First name', words: ['first name', 'first', 'patient first name'] },
  { id: 'birthDate', label: 'Birth date', words: ['birth date', 'birthdate', 'dob', 'date of birth', 'birthday'] },
  { id: 'payer', label: 'Payer', words: ['payer', 'insurance', 'carrier', 'plan', 'ins', 'insurance company'] },
  { id: 'memberId', label: 'Member id', words: ['member id', 'subscriber id', 'id number', 'member', 'policy'] },
  { id: 'code', label: 'Code', words: ['code', 'cdt', 'cdt code', 'procedure', 'ada code', 'proc'] },
  { id: 'tooth', label: 'Tooth or area', words: ['tooth', 'tooth number', 'th', 'area', 'quadrant', 'site'] },
  { id: 'fee', label: 'Fee', words: ['fee', 'amount', 'charge', 'our fee', 'ucr'] },
  { id: 'kind', label: 'Kind', words: ['kind', 'type', 'request type'] },
  { id: 'state', label: 'Status', words: ['status', 'state', 'current status'] },
  {
    id: 'sentOn',
    label: 'Sent',
    words: ['sent', 'date sent', 'sent on', 'submitted', 'submitted on', 'date submitted'],
  },
  { id: 'expectedOn', label: 'Answer expected', words: ['answer expected', 'expected', 'follow up', 'follow up due'] },
  { id: 'infoDueOn', label: 'Information due', words: ['information due', 'info due', 'records due'] },
  {
    id: 'decidedOn',
    label: 'Decided',
    words: ['decided', 'decision date', 'decision', 'approved on', 'date approved', 'received'],
  },
  {
    id: 'reference',
    label: 'Number',
    words: ['number', 'reference', 'ref', 'auth', 'auth no', 'auth number', 'authorization number'],
  },
  { id: 'validFrom', label: 'Valid from', words: ['valid from', 'effective', 'effective date'] },
  {
    id: 'validTo',
    label: 'Valid to',
    words: ['valid to', 'expires', 'expiration', 'expiry', 'valid until', 'exp date'],
  },
  {
    id: 'approved',
    label: 'Plan pays',
    words: ['plan pays', 'ins pays', 'approved amount', 'est ins', 'insurance estimate'],
  },
  { id: 'patientCalledOn', label: 'Patient called', words: ['patient called', 'called', 'called on'] },
  { id: 'bookedFor', label: 'Booked for', words: ['booked for', 'appointment', 'appt', 'scheduled'] },
  { id: 'owner', label: 'Assigned', words: ['assigned', 'owner', 'assigned to', 'staff'] },
  { id: 'note', label: 'Note', words: ['note', 'notes', 'comment', 'comments', 'remarks'] },
] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]['id']
export const IMPORT_FIELD_IDS = IMPORT_FIELDS.map((field) => field.id) as [ImportField, ...ImportField[]]

/** Column of each field, counted from 0; fields that the file does not hold are left out. */
export type Mapping = Partial<Record<ImportField, number>>

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** Columns recognized by their heading alone; each column is used once, the first that fits wins. */
export function guessMapping(headings: readonly string[]): Mapping {
  const mapping: Mapping = {}
  const taken = new Set<number>()
  for (const { id, label, words } of IMPORT_FIELDS) {
    const known = new Set<string>([plain(label), ...words])
    const at = headings.findIndex((heading, column) => !taken.has(column) && known.has(plain(heading)))
    if (at < 0) continue
    mapping[id] = at
    taken.add(at)
  }
  return mapping
}

/** The same headings in the same order: what was mapped once is mapped again. */
export function headingsKey(headings: readonly string[]): string {
  return headings.map(plain).join('|')
}

/** Fields without which no row can be read. */
export function missingFields(mapping: Mapping): string[] {
  const hasName = mapping.patient !== undefined || (mapping.lastName !== undefined && mapping.firstName !== undefined)
  return [...(hasName ? [] : ['Patient']), ...(mapping.code === undefined ? ['Code'] : [])]
}
