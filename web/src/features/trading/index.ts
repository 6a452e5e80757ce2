import { CandlestickChart } from 'lucide-react'
import type { Feature } from '@/shared/feature'
import { texts } from './texts'

export const trading = {
  path: 'trading',
  name: { en: 'Trading', uk: 'Торгівля', ru: 'Торговля' },
  icon: CandlestickChart,
  texts,
  navigation: { rank: 2 },
  pages: { '': () => import('./Trading') },
  tiles: () => import('./tiles'),
} satisfies Feature
