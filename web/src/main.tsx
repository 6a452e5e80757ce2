import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App, fetchPage } from '@/app/App'
import { renew } from '@/shared/api/session'
import { startLanguage } from '@/shared/i18n'
import './styles.css'

fetchPage(location.pathname)
// Who is signed in is asked while the language comes; without a server the page says so itself.
const signedIn = location.hash.length > 1 ? Promise.resolve(false) : renew().catch(() => false)
void Promise.all([startLanguage(), signedIn]).then(() =>
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
)
