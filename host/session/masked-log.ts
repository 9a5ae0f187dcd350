// The log as it may leave the office: names of events and routes, numbers, places in the code. Anything else is left out.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FILES = ['main.log.1', 'main.log', 'host.log.1', 'host.log']

/** What a fact may be; a text that is none of these might be what somebody typed. */
const FACTS: Readonly<Record<string, RegExp>> = {
  level: /^(error|warn|info)$/,
  incident: /^[0-9a-f]{8}$/,
  route: /^[a-z]+(\.[a-zA-Z]+)?$/,
  kind: /^([A-Z][A-Za-z]*Error|Error|unknown|output does not fit the contract)$/,
}
const PLACE = /([\w-]+\.[cm]?[jt]s):(\d+)(:\d+)?/g

/** The newest lines of all parts of the log, oldest first. A log that cannot be read is an empty one. */
export function maskedLog(folder: string | undefined, most: number): string[] {
  if (!folder) return []
  const lines = FILES.flatMap((name) => linesOf(join(folder, name)).flatMap(masked))
  return lines.sort((a, b) => timeOf(a).localeCompare(timeOf(b))).slice(-most)
}

const timeOf = (line: string) => line.slice(0, 24)

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

function masked(line: string): string[] {
  const [, at, event, json] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([a-z]+(?:-[a-z]+)*) (\{.*\})$/.exec(line) ?? []
  if (!at || !event) return []
  return [[at, event, ...factsOf(json!)].join(' ')]
}

function factsOf(json: string): string[] {
  let facts: Record<string, unknown>
  try {
    facts = JSON.parse(json) as Record<string, unknown>
  } catch {
    return []
  }
  return Object.entries(facts).flatMap(([name, value]) => {
    if (!/^[a-z]{1,20}$/i.test(name)) return []
    if (typeof value === 'number') return `${name}=${value}`
    if (typeof value !== 'string') return []
    if (name === 'where') return `where=${[...value.matchAll(PLACE)].map(([place]) => place).join('<')}`
    return FACTS[name]?.test(value) ? `${name}=${value}` : []
  })
}
