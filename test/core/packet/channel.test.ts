// What a channel takes: the limits that made offices resend packets (desk.md B, Dentrix Ascend).
import { describe, expect, it } from 'vitest'
import { packetFileName, packetProblems, remarkOf } from '#core/packet/channel.ts'

const film = (name: string, bytes = 1000, media = 'image/jpeg') => ({ name, media, bytes })
const films = (count: number, bytes = 1000) => Array.from({ length: count }, (_, at) => film(`${at}.jpg`, bytes))

describe('packet limits', () => {
  it('ten files pass electronically and the eleventh is named', () => {
    expect(packetProblems('electronic', films(10), '')).toEqual([])
    expect(packetProblems('electronic', films(11), '')).toEqual([expect.stringMatching(/^11 files, 10 are accepted/)])
  })
  it('counts the size of all files together', () => {
    expect(packetProblems('electronic', films(3, 5_000_000), '')).toEqual([])
    expect(packetProblems('electronic', films(3, 5_000_001), '')).toHaveLength(1)
  })
  it('a PDF is refused where only pictures are taken, with what to do', () => {
    expect(packetProblems('electronic', [film('chart.pdf', 1, 'application/pdf')], '')[0]).toMatch(/JPEG or PNG/)
    expect(packetProblems('portal', [film('chart.pdf', 1, 'application/pdf')], '')).toEqual([])
  })
  it('the 81st character of a remark is not silently lost', () => {
    expect(packetProblems('paper', [], 'x'.repeat(80))).toEqual([])
    expect(packetProblems('paper', [], 'x'.repeat(81))).toHaveLength(1)
  })
})

describe('packet words', () => {
  it('the attachment number stands first', () => {
    expect(remarkOf('NEA#1234567', ' films\n enclosed ')).toBe('NEA#1234567 films enclosed')
  })
  it('a file name says what it is and never whose', () => {
    const what = { kind: 'pre_op_periapical', takenOn: '2026-06-01', tooth: '8' }
    expect(packetFileName(3, what, 'image/jpeg')).toBe('03-pre-op-periapical-2026-06-01-tooth-8.jpg')
  })
})
