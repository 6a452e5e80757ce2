import { Database } from 'lucide-react'
import type { Feature } from '@/shared/feature'
import { texts } from './texts'

export const data = {
  path: 'data',
  name: { en: 'Data', uk: 'Дані', ru: 'Данные' },
  icon: Database,
  texts,
  navigation: { rank: 5 },
  pages: { '': () => import('./Data') },
  tiles: () => import('./tiles'),
} satisfies Feature
