// One Claimwright per data folder: a small file says which process holds it; one left by a crash is taken over.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { AppError } from '#core/errors.ts'
import { vaultPaths } from '../vault.ts'

/** @throws DATA_IN_USE while a living process, or another PC, holds the folder */
export function takeFolderLock(folder: string): void {
  const { lock: file } = vaultPaths(folder)
  if (existsSync(file)) {
    const holder = JSON.parse(readFileSync(file, 'utf8') || '{}') as { pid?: number; host?: string }
    const here = holder.host === hostname()
    if (holder.pid !== undefined && holder.pid !== process.pid && (!here || isAlive(holder.pid))) {
      throw new AppError('DATA_IN_USE', `Claimwright is already open on this data folder (${holder.host}).`, {
        host: holder.host,
      })
    }
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, JSON.stringify({ pid: process.pid, host: hostname() }))
}

export function releaseFolderLock(folder: string): void {
  rmSync(vaultPaths(folder).lock, { force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}
