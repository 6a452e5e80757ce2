import { Megaphone } from 'lucide-react'
import type { Feature } from '@/shared/feature'
import { texts } from './texts'

export const ads = {
  path: 'ads',
  name: { en: 'Advertising', uk: 'Реклама', ru: 'Реклама' },
  icon: Megaphone,
  texts,
  navigation: { rank: 1.7 },
  pages: { '': () => import('./Advertising') },
} satisfies Feature
