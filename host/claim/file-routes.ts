// Claim files out, their answers in.
import type { claimFileRoutes } from '#core/contract/claim.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { readAnswers } from './answers.ts'
import { exportClaims, claimFileName } from './export.ts'
import { loadExportable } from './exportable.ts'
import { getClaimFile, listClaimFiles } from './file-rows.ts'

export const claimFileHandlers = {
  'claim.checkExport': async (context, { ids }) => {
    const claims = []
    for (const id of ids) {
      const { caseId, source, findings } = await loadExportable(context, id)
      const totalCents = source.lines.reduce((sum, line) => sum + line.feeCents * line.quantity, 0)
      const isPredetermination = source.form.transaction === 'predetermination'
      const { lastName, firstName } = source.form.patient
      const patientName = `${lastName}, ${firstName}`
      claims.push({ id, caseId, number: source.number, patientName, isPredetermination, totalCents, findings })
    }
    return { claims }
  },
  'claim.export': exportClaims,
  'claim.files': async ({ db }, { limit }) => ({
    files: (await listClaimFiles(db, limit)).map((row) => ({
      ...row,
      writtenBy: row.writtenBy ?? '',
      isTest: row.isTest === 1,
    })),
  }),

  'claim.exportedFile': async ({ db }, { fileId }) => {
    const { control, body } = await getClaimFile(db, fileId)
    return { fileId, fileName: claimFileName(control), text: body, control }
  },
  'ack.read': (context, { text }) => readAnswers(context, text),
} satisfies HandlersOf<keyof typeof claimFileRoutes>
