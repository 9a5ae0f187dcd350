// The export of an office, as it lies in a folder: what is in it, and what its manifest says.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { refuse } from '#host/kernel/refuse.ts'

export const MANIFEST = 'manifest.json'
export const README = 'README.txt'
/** The newest version of the format that is read and written. */
const VERSION = 1

/** Only such names lie in an export: none leads out of it, and none says anything about a person. */
const Path = z
  .string()
  .regex(/^(README\.txt|(csv|json)\/[a-z0-9_]{1,60}\.(csv|json)|files\/[0-9a-f-]{36}\.[a-z]{3,4})$/)

const ListedFile = z.strictObject({ path: Path, bytes: z.number().int().min(0), sha256: z.string().length(64) })
export type ListedFile = z.infer<typeof ListedFile>

export const ExportManifest = z.strictObject({
  format: z.literal('claimwright-export'),
  version: z.number().int(),
  /** Of the database that it comes from. */
  schema: z.number().int().min(1),
  appVersion: z.string().max(60),
  exportedAt: z.iso.datetime(),
  office: z.string().max(200),
  tables: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z0-9_]{1,60}$/),
      rows: z.number().int().min(0),
      columns: z.array(z.string().regex(/^[a-z0-9_]{1,60}$/)).min(1),
    }),
  ),
  /** Films that were whole nowhere when it was written. */
  missing: z.array(Path),
  files: z.array(ListedFile),
})
export type ExportManifest = z.infer<typeof ExportManifest>

/** @throws REFUSED for a folder that holds no export, and for one that a newer Claimwright wrote */
export async function readExport(folder: string): Promise<ExportManifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() =>
    refuse([`This folder holds no export of Claimwright: ${MANIFEST} is not in it. Choose the folder that holds it.`]),
  )
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return refuse([`${MANIFEST} cannot be read. Copy the export again from where it was written.`])
  }
  const version = z.object({ version: z.number() }).safeParse(raw)
  if (version.data && version.data.version > VERSION)
    return refuse(['A newer Claimwright wrote this export. Update Claimwright, then bring it.'])
  const parsed = ExportManifest.safeParse(raw)
  return parsed.success
    ? parsed.data
    : refuse([`${MANIFEST} is not as Claimwright writes it. Copy the export again from where it was written.`])
}

export const csvOf = (table: string) => `csv/${table}.csv`
export const jsonOf = (table: string) => `json/${table}.json`

const EXTENSIONS: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
}
/** Where the content of a stored file lies: by its number, as its title may name somebody. */
export const fileOf = (blobId: string, media: string) => `files/${blobId}.${EXTENSIONS[media] ?? 'bin'}`

/** A cell of a row as JSON holds it: bytes as base64 under a name of their own. */
export type Cell = string | number | null | { base64: string }
export type Row = Record<string, Cell>

/** A cell as text; bytes as base64. */
export function textIn(row: Row, column: string): string {
  const cell = row[column] ?? ''
  return typeof cell === 'object' ? cell.base64 : String(cell)
}

/** Where the content of a row’s stored file lies. */
export const fileOfRow = (row: Row) =>
  fileOf(textIn(row, 'blob_id'), textIn(row, 'media_type' in row ? 'media_type' : 'media'))
