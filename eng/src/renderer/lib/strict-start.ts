// What the content security policy needs before any other module runs; imports nothing that builds a schema.
import { installTrustedTypes } from './trusted-types.ts'

// Code from text is forbidden; without this zod would try it once per start and be reported.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
installTrustedTypes()
