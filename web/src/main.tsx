import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '@/app/App'
import { fetchPage } from '@/app/pages'
import { texts } from '@/app/texts'
import { renew } from '@/shared/api/session'
import { fetchTexts, startLanguage } from '@/shared/i18n'
import './styles.css'

// What cannot be fetched now is asked for again when it is shown.
const page = fetchPage(location.pathname).catch(() => undefined)
// Who is signed in is asked while the language and the page come; without a server the page says so itself.
const signedIn = location.hash.length > 1 ? Promise.resolve(false) : renew().catch(() => false)
void Promise.all([startLanguage(), fetchTexts(texts), signedIn, page]).then(() =>
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
)
