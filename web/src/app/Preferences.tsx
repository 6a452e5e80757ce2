import { Moon, Sun } from 'lucide-react'
import { type Language, languages, setLanguage, useLanguage, useText } from '@/shared/i18n'
import { setTheme, useTheme } from '@/shared/theme'
import { Button } from '@/shared/ui/button'
import { Select } from '@/shared/ui/field'

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
      >
        {languages.map(({ code, name }) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </Select>
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
