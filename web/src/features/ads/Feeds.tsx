import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useNow } from '@/shared/useNow'
import { useRead } from '@/shared/useRead'
import { useText } from './texts'

/** What brings numbers, and how fresh they are. */
export function Feeds() {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const feeds = useRead(['ads', 'feeds'], (signal) => call('GET /api/v1/analytics/feeds', { signal }), 30_000)
  return (
    <Card title={t('ads.feeds')} note={t('feeds.note')} flush>
      <Table
        label={t('ads.feeds')}
        rows={feeds}
        keyOf={(feed) => `${feed.kind} ${feed.account}`}
        empty={<Empty title={t('feeds.none')}>{t('figures.noneText')}</Empty>}
        columns={[
          { head: t('feeds.feed'), isRowHeading: true, cell: (feed) => t(`feeds.${feed.kind}`) },
          {
            head: t('ads.account'),
            cell: (feed) =>
              feed.account && (
                <>
                  <span className="block">{feed.name ?? feed.account}</span>
                  {feed.name && <span className="block font-mono text-xs text-muted">{feed.account}</span>}
                </>
              ),
          },
          {
            head: t('ads.learned'),
            className: 'whitespace-nowrap',
            cell: (feed) => <span title={format.moment(feed.learned_at)}>{format.ago(feed.learned_at, now)}</span>,
          },
          { head: t('feeds.lastDay'), className: 'whitespace-nowrap', cell: (feed) => format.day(feed.last_day) },
          { head: t('feeds.synced'), className: 'whitespace-nowrap', cell: (feed) => format.day(feed.synced_to) },
          { head: t('feeds.rows'), isNumeric: true, cell: (feed) => format.whole(feed.rows) },
        ]}
      />
    </Card>
  )
}
