// What the practice system's list said of each person last.
import type { Coverage, PatientInput } from '#core/patient.ts'
import type { Listed } from '#core/patient-import/families.ts'
import type { CoverageId, PatientId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRows } from '#host/kernel/insert-rows.ts'

export async function saidBefore(db: Reader): Promise<Map<PatientId, Listed>> {
  const rows = await db.selectFrom('listed_person').select(['patient_id', 'said_json']).execute()
  return new Map(rows.map((row) => [row.patient_id, JSON.parse(row.said_json) as Listed]))
}

/** Keeps what the list says now; null: nothing is kept of the person. */
export async function keepSaid(
  tx: Writer,
  said: readonly { id: PatientId; listed: Listed | null }[],
  today: string,
): Promise<void> {
  const ids = said.map(({ id }) => id)
  for (let at = 0; at < ids.length; at += 500)
    await tx
      .deleteFrom('listed_person')
      .where('patient_id', 'in', ids.slice(at, at + 500))
      .execute()
  const rows = said.flatMap(({ id, listed }) =>
    listed === null ? [] : [{ patient_id: id, said_json: JSON.stringify(listed), listed_on: today }],
  )
  for (let at = 0; at < rows.length; at += 500) await insertRows(tx, 'listed_person', rows.slice(at, at + 500))
}

/** A person as they were before an import changed them. */
export interface PersonBefore {
  patient: PatientInput
  listed: Listed | null
  coverages: {
    id: CoverageId
    version: number
    before: Pick<Coverage, 'memberId' | 'validFrom' | 'validTo' | 'order' | 'relation' | 'subscriber'>
  }[]
}
