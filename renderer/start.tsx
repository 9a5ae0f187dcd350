// Starts the UI.
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './styles.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createQueryClient } from './lib/query.ts'

createRoot(document.getElementById('root')!).render(<App client={createQueryClient()} />)
