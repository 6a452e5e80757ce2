import { ShoppingBag } from 'lucide-react'
import type { Feature } from '@/shared/feature'
import { jobs } from './jobs'
import { texts } from './texts'

export const retail = {
  path: 'retail',
  name: { en: 'Retail', uk: 'Магазин', ru: 'Магазин' },
  icon: ShoppingBag,
  texts,
  navigation: { rank: 1 },
  pages: { '': () => import('./Retail') },
  jobs: {
    usual: jobs.load,
    training: {
      job: jobs.forecast,
      note: {
        en: 'The job retail.forecast trains one on the revenue of the warehouse.',
        uk: 'Завдання retail.forecast навчає модель на виручці зі сховища.',
        ru: 'Задание retail.forecast обучает модель на выручке из хранилища.',
      },
    },
  },
} satisfies Feature
