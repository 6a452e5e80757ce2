import { Store } from 'lucide-react'
import type { Feature } from '@/shared/feature'
import { texts } from './texts'

export const marketplace = {
  path: 'marketplace',
  name: { en: 'Marketplace', uk: 'Маркетплейс', ru: 'Маркетплейс' },
  icon: Store,
  texts,
  navigation: { rank: 1.5 },
  pages: { '': () => import('./Marketplace') },
} satisfies Feature
