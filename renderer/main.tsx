// Entry of the page: the security settings first, then, in a chunk of its own, the app.
import './lib/strict-start.ts'

void import('./start.tsx')
