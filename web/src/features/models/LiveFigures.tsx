import type { VersionView } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Card } from '@/shared/ui/card'
import { Empty } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { figure } from './metric'

/** What the versions' predictions were worth once their outcomes were known. */
export function LiveFigures({ versions }: { readonly versions: readonly VersionView[] }) {
  const t = useText()
  const format = useFormat()
  const rows = versions.flatMap((version) => version.live)
  return (
    <Card title={t('models.live')} note={t('models.liveNote')} flush>
      {rows.length === 0 ? (
        <Empty title={t('models.noLive')} />
      ) : (
        <Table label={t('models.live')} maxHeight="18rem">
          <Head>
            <Th>{t('models.number')}</Th>
            <Th>{t('models.of')}</Th>
            <Th numeric>{t('models.predictions')}</Th>
            <Th numeric>{t('models.known')}</Th>
            <Th numeric>{t('models.error')}</Th>
            <Th numeric>RMSE</Th>
            <Th numeric>{t('models.within')}</Th>
          </Head>
          <tbody>
            {rows.map((live) => (
              <Row key={`${live.version} ${live.entity}`}>
                <Td>{t('models.version', { version: live.version })}</Td>
                <Td lang="en">{live.entity}</Td>
                <Td numeric>{format.whole(live.predictions)}</Td>
                <Td numeric>{format.whole(live.known)}</Td>
                <Td numeric>{figure({ aim: 'lower' }, live.mae, format)}</Td>
                <Td numeric>{figure({ aim: 'lower' }, live.rmse, format)}</Td>
                <Td numeric>{format.share(live.coverage)}</Td>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  )
}
