import type { Tile } from '@/shared/feature'
import { Page } from '@/shared/ui/page'
import { useText } from '../texts'
import { name } from './name'

export function Overview({ tiles }: { readonly tiles: readonly Tile[] }) {
  const t = useText()
  const at = (place: Tile['place']) => tiles.filter((tile) => tile.place === place).map(({ Tile: Own, rank }) => <Own key={rank} />)
  return (
    <Page title={t(name)} note={t('overview.note')} actions={at('actions')}>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">{at('figures')}</div>
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <div className="grid gap-4">{at('main')}</div>
        <div className="grid gap-4">{at('side')}</div>
      </div>
    </Page>
  )
}
