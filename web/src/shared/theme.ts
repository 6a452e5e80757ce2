import { create } from 'zustand'

export type Theme = 'light' | 'dark'

const key = 'tradepost.theme'

export const useTheme = create<{ readonly theme: Theme }>(() => ({
  theme: document.documentElement.classList.contains('dark') ? 'dark' : 'light',
}))

export function setTheme(theme: Theme) {
  localStorage.setItem(key, theme)
  document.documentElement.classList.toggle('dark', theme === 'dark')
  useTheme.setState({ theme })
}
