// Entry of the page: the security settings first, then the UI as far as the sign-in screen needs it.
import './lib/strict-start.ts'
import './mantine.css'
import './styles.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createQueryClient } from './lib/cache.ts'
import { keepFocus } from './lib/keep-focus.ts'

keepFocus()
createRoot(document.getElementById('root')!).render(<App client={createQueryClient()} />)
