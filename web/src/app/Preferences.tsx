import { Moon, Sun } from 'lucide-react'
import { type Language, languages, setLanguage, useLanguage } from '@/shared/i18n'
import { setTheme, useTheme } from '@/shared/theme'
import { Button } from '@/shared/ui/button'
import { Select } from '@/shared/ui/field'
import { useText } from './texts'

/** Language and theme. */
export function Preferences() {
  const t = useText()
  const language = useLanguage((state) => state.language)
  const theme = useTheme((state) => state.theme)
  return (
    <div className="flex items-center gap-2">
      <Select
        aria-label={t('preferences.language')}
        value={language}
        onChange={(event) => void setLanguage(event.target.value as Language)}
        options={languages.map(({ code, name }) => [code, name, code])}
      />
      <Button
        size="icon"
        aria-label={theme === 'dark' ? t('preferences.light') : t('preferences.dark')}
        onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
      >
        {theme === 'dark' ? <Sun aria-hidden /> : <Moon aria-hidden />}
      </Button>
    </div>
  )
}
