// A4: a workbook that unpacks without end, lies about its size, or names its parts like paths: refused in words, nothing written.
import { readdirSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { readSpreadsheet } from '#host/import/spreadsheet.ts'

interface Part {
  name: string
  text: string | Buffer
  /** What the file says of its size. */
  declared?: number
}

const XML = '<?xml version="1.0" encoding="UTF-8"?>'
const WORKBOOK: Part[] = [
  {
    name: '[Content_Types].xml',
    text: `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
  },
  {
    name: 'xl/workbook.xml',
    text: `${XML}<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Log" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    text: `${XML}<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
  },
  { name: 'xl/styles.xml', text: `${XML}<styleSheet><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>` },
]
const sheet = (cell: string): Part => ({
  name: 'xl/worksheets/sheet1.xml',
  text: `${XML}<worksheet><dimension ref="A1"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${cell}</t></is></c></row></sheetData></worksheet>`,
})

/** A ZIP as an attacker writes it: whatever is said of each part. */
function zip(parts: readonly Part[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text, declared } of parts) {
    const plain = Buffer.from(text)
    const packed = deflateRawSync(plain)
    const path = Buffer.from(name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(declared ?? plain.length, 22)
    head.writeUInt16LE(path.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    head.copy(entry, 10, 8, 30)
    entry.writeUInt32LE(at, 42)
    files.push(head, path, packed)
    directory.push(entry, path)
    at += 30 + path.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...files, listed, end])
}
const read = (parts: readonly Part[]) => readSpreadsheet({ content: zip(parts) })
const TOO_LARGE = { code: 'FILE_REJECTED', details: { reason: 'size' }, message: /too large once unpacked/ }
const DAMAGED = { code: 'FILE_REJECTED', details: { reason: 'type' }, message: /damaged/ }
const bomb = Buffer.alloc(150_000_000, 0x20)

it('one that is what it says is read', async () => {
  expect(await read([...WORKBOOK, sheet('Patient')])).toEqual([{ name: 'Log', rows: [['Patient']] }])
})
it('a sheet of 150 MB in 150 KB is refused, also when it says that it is small (the reader unpacked it whole)', async () => {
  const packed = { name: 'xl/worksheets/sheet1.xml', text: bomb }
  expect(zip([packed]).length).toBeLessThan(200_000)
  await expect(read([...WORKBOOK, packed])).rejects.toMatchObject(TOO_LARGE)
  await expect(read([...WORKBOOK, { ...packed, declared: 1000 }])).rejects.toMatchObject(TOO_LARGE)
})
it('many parts that are each below the limit are refused together', async () => {
  const half = bomb.subarray(0, 60_000_000)
  const parts = ['a', 'b'].map((name) => ({ name: `xl/${name}.xml`, text: half, declared: 10 }))
  await expect(read([...WORKBOOK, parts[0]!])).rejects.toMatchObject(DAMAGED)
  await expect(read([...WORKBOOK, ...parts.map((part) => ({ ...part, declared: 60_000_000 }))])).rejects.toMatchObject(
    TOO_LARGE,
  )
})
it('one that says it is 4 GB makes no room for that, and one that says less than it holds is not cut off', async () => {
  const small = sheet('Patient')
  await expect(read([...WORKBOOK, { ...small, declared: 4_000_000_000 }])).rejects.toMatchObject(TOO_LARGE)
  await expect(read([...WORKBOOK, { ...small, declared: 20 }])).rejects.toMatchObject(DAMAGED)
})
it('one cut anywhere is refused in words', async () => {
  const whole = zip([...WORKBOOK, sheet('Patient')])
  for (let length = 4; length < whole.length; length += 7)
    await expect(readSpreadsheet({ content: whole.subarray(0, length) }), `${length}`).rejects.toMatchObject(DAMAGED)
})
it('parts that are called like paths, devices or parts of an object are read as parts, or not at all', async () => {
  const before = readdirSync('.').sort()
  const names = [
    '../../evil.xml',
    '/etc/evil.xml',
    'C:\\evil.xml',
    '\\\\srv\\evil.xml',
    'CON.xml',
    'a\0b.xml',
    '__proto__.xml',
    '__proto__',
    `${'x'.repeat(300)}.xml`,
    '\u202Elmx.xml',
  ]
  for (const name of names)
    expect(await read([...WORKBOOK, sheet('Patient'), { name, text: '<evil/>' }]), name).toEqual([
      { name: 'Log', rows: [['Patient']] },
    ])
  expect(readdirSync('.').sort()).toEqual(before)
  expect(({} as Record<string, unknown>)['evil']).toBeUndefined()
})
