import { Settings } from 'lucide-react'
import type { Feature } from '@/shared/feature'
import { texts } from './texts'

export const settings = {
  path: 'settings',
  name: { en: 'Settings', uk: 'Налаштування', ru: 'Настройки' },
  icon: Settings,
  texts,
  navigation: { rank: 6 },
  pages: { '': () => import('./Settings') },
} satisfies Feature
