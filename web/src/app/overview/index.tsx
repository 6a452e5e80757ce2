import { LayoutDashboard } from 'lucide-react'
import type { Feature } from '@/shared/feature'
import { fetchTexts } from '@/shared/i18n'
import { texts } from '../texts'
import { name } from './name'
import { Overview } from './Overview'

/** The page that the tiles of the features make up. */
export const overviewOf = (features: readonly Feature[]): Feature => ({
  path: '',
  name,
  icon: LayoutDashboard,
  texts,
  navigation: { rank: 0 },
  pages: {
    '': async () => {
      const tiles = await tilesOf(features)
      return { default: () => <Overview tiles={tiles} /> }
    },
  },
})

async function tilesOf(features: readonly Feature[]) {
  const all = await Promise.all(
    features.map(async ({ tiles, texts: own }) => (tiles ? (await Promise.all([tiles(), fetchTexts(own)]))[0].tiles : [])),
  )
  return all.flat().sort((a, b) => a.rank - b.rank)
}
