// Who signed a Windows installer. The library's own check lets a file pass when PowerShell fails or nobody is named: this one refuses.
import { execFile } from 'node:child_process'
import { normalize } from 'node:path'

/**
 * What Windows says of a file, judged.
 * @param said the JSON of Get-AuthenticodeSignature
 * @param publishers full distinguished names, as in `CN=Example, O=Example, C=US`
 * @returns null when it is signed by one of them, else why it is refused
 */
export function judgeSignature(said: string, publishers: readonly string[], path: string): string | null {
  let data: { Status?: unknown; Path?: unknown; SignerCertificate?: { Subject?: unknown } | null }
  try {
    data = JSON.parse(said) as typeof data
  } catch {
    return 'no answer'
  }
  if (data?.Status !== 0) return 'not valid'
  if (typeof data.Path !== 'string' || normalize(data.Path) !== normalize(path)) return 'another file'
  const subject = data.SignerCertificate?.Subject
  if (typeof subject !== 'string') return 'nobody named'
  // A bare name could be anybody's.
  const full = publishers.filter((name) => partsOf(name).length > 1)
  return full.some((name) => sameName(name, subject)) ? null : 'somebody else'
}

/** Asks Windows. @returns null when one of the publishers signed the file, else why it is refused; also when anything fails */
export function windowsSignature(publishers: readonly string[], path: string): Promise<string | null> {
  const command = `Get-AuthenticodeSignature -LiteralPath '${path.replace(/'/g, "''")}' | ConvertTo-Json -Compress -Depth 2`
  const rules = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', command]
  const { PSModulePath: _modules, ...env } = process.env
  return new Promise((resolve) => {
    execFile('powershell.exe', rules, { timeout: 60_000, env, windowsHide: true }, (error, stdout, stderr) => {
      resolve(error || stderr ? 'no answer' : judgeSignature(stdout, publishers, path))
    })
  })
}

const partsOf = (name: string) =>
  [...name.matchAll(/([A-Za-z.0-9]+)=("[^"]*"|[^,]*)/g)].map((part) => `${part[1]!.toUpperCase()}=${part[2]!.trim()}`)
const sameName = (a: string, b: string) => partsOf(a).sort().join() === partsOf(b).sort().join()
