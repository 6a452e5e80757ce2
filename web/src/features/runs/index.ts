import { Activity } from 'lucide-react'
import type { Feature } from '@/shared/feature'
import { texts } from './texts'

export const runs = {
  path: 'runs',
  name: { en: 'Runs', uk: 'Запуски', ru: 'Запуски' },
  icon: Activity,
  texts,
  navigation: { rank: 3 },
  pages: { '': () => import('./Runs'), ':id': () => import('./RunPage') },
  tiles: () => import('./tiles'),
} satisfies Feature
