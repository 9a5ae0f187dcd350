// Imported first: schemas are compiled while modules load, so what the content security policy needs must stand before them.
import { config } from 'zod'
import { installTrustedTypes } from './trusted-types.ts'

// Code from text is forbidden; without this zod would try it once per start and be reported.
config({ jitless: true })
installTrustedTypes()
