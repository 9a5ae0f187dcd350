// README.txt of an export: the format, for somebody who has never seen Claimwright.
import { withCommas } from '#core/counts.ts'
import { formatDate } from '#core/dates.ts'
import { type LeavingTable, STAYING_TABLES } from '#db/leaving.ts'
import type { ExportManifest } from './format.ts'

export function readme(
  { office, exportedAt, appVersion, schema, missing }: ExportManifest,
  tables: readonly (LeavingTable & { rows: number })[],
): string {
  const lines = [
    `All that ${office} entered into Claimwright`,
    `Written ${formatDate(exportedAt.slice(0, 10))} (${exportedAt}) by Claimwright ${appVersion}, data version ${schema}.`,
    '',
    'NOTHING IN THIS FOLDER IS ENCRYPTED. It holds health information of patients. Keep it as you keep paper charts, and',
    'delete it once nobody needs it any more.',
    '',
    'WHAT IS HERE',
    '',
    '  csv/       each table as CSV, for a spreadsheet or another system',
    '  json/      the same tables as JSON, with nothing lost: Claimwright brings them back from here',
    '  files/     films, documents and packets as they were sent; the column "file" of csv/attachment.csv and',
    '             csv/packet_file.csv says which is which. Their names are numbers, as a title may name somebody',
    '  manifest.json   how many rows each table has, and the SHA-256 checksum of each file but itself',
    '',
    'HOW TO READ IT',
    '',
    '  Text is UTF-8. Dates are YYYY-MM-DD; points in time are UTC, such as 2026-11-23T15:00:00.000Z.',
    '  Ids are text; a column that ends in _id names the row of another table that has this id. 0 and 1 are no and yes.',
    '  Money is whole cents: fee_cents 125000 is $1,250.00. In the CSV the column after it says so in dollars (fee_reads).',
    '  A column that ends in _json holds JSON; money inside it is cents too.',
    '',
    '  CSV: the first row has the names of the columns; cells are separated by commas, quoted by " where needed (a " inside',
    '  is doubled), and rows end with CR LF. A cell that begins with an apostrophe got it so that a spreadsheet neither',
    '  runs it as a formula (= + - @) nor changes its digits (a leading 0, more than 15 digits): take away exactly one',
    '  apostrophe from each cell that begins with one, and every text is as it was entered. An empty cell is an empty text',
    '  or no value; the JSON tells which.',
    '  Open a CSV in Excel by Data > From Text/CSV, and choose Text for columns with ids and ZIP codes.',
    '',
    '  JSON: an array with one row a line, rows in the order of their ids; no value is null. Bytes are {"base64": "..."}.',
    '',
    'TO BRING IT BACK',
    '',
    '  Install Claimwright, choose "Bring an export of Claimwright" on its first screen, and choose this folder. Every',
    '  file is compared with the manifest first. Passwords are not in an export: whoever brings it becomes the owner and',
    '  lets the others in again (Settings > People). The audit trail comes along as history; a new chain begins and says so.',
    '',
    'TABLES (rows)',
    '',
    ...tables.map(({ name, rows, holds }) => `  ${name} (${withCommas(rows)}): ${holds}`),
    '',
    'NOT HERE, AND WHY',
    '',
    ...STAYING_TABLES.map(([name, reason]) => `  ${name}: ${reason}`),
    '  passwords, recovery code, PINs, keys of files, seals of the audit trail: they open or prove something only in the',
    '  folder where they were made',
    ...(missing.length > 0
      ? [
          '',
          'MISSING: these files could not be read from the data folder any more',
          '',
          ...missing.map((path) => `  ${path}`),
        ]
      : []),
  ]
  return `${lines.join('\r\n')}\r\n`
}
