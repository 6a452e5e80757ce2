import { BrainCircuit } from 'lucide-react'
import type { Feature } from '@/shared/feature'
import { texts } from './texts'

export const models = {
  path: 'models',
  name: { en: 'Models', uk: 'Моделі', ru: 'Модели' },
  icon: BrainCircuit,
  texts,
  navigation: { rank: 4 },
  pages: { '': () => import('./Models') },
} satisfies Feature
