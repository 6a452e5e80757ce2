import type { VersionView } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { figure } from './metric'
import { useText } from './texts'

/** What the versions' predictions were worth once their outcomes were known. */
export function LiveFigures({ versions }: { readonly versions: readonly VersionView[] }) {
  const t = useText()
  const format = useFormat()
  return (
    <Card title={t('models.live')} note={t('models.liveNote')} flush>
      <Table
        label={t('models.live')}
        maxHeight="18rem"
        rows={versions.flatMap((version) => version.live)}
        keyOf={(live) => `${live.version} ${live.entity}`}
        empty={<Empty title={t('models.noLive')} />}
        columns={[
          { head: t('models.number'), cell: (live) => t('models.version', { version: live.version }) },
          { head: t('models.of'), props: () => ({ lang: 'en' }), cell: (live) => live.entity },
          { head: t('models.predictions'), isNumeric: true, cell: (live) => format.whole(live.predictions) },
          { head: t('models.known'), isNumeric: true, cell: (live) => format.whole(live.known) },
          { head: t('models.error'), isNumeric: true, cell: (live) => figure({ aim: 'lower' }, live.mae, format) },
          { head: 'RMSE', isNumeric: true, cell: (live) => figure({ aim: 'lower' }, live.rmse, format) },
          { head: t('models.within'), isNumeric: true, cell: (live) => format.share(live.coverage) },
        ]}
      />
    </Card>
  )
}
