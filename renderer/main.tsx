// Starts the UI.
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './styles.css'
import { createRoot } from 'react-dom/client'
import { config } from 'zod'
import { App } from './app.tsx'
import { createQueryClient } from './lib/query.ts'
import { installTrustedTypes } from './lib/trusted-types.ts'

// The content security policy forbids code from text; without this zod would try once and be reported.
config({ jitless: true })
installTrustedTypes()
createRoot(document.getElementById('root')!).render(<App client={createQueryClient()} />)
