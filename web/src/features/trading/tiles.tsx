import { Link } from 'react-router'
import { call } from '@/shared/api/client'
import type { Tile } from '@/shared/feature'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Card } from '@/shared/ui/card'
import { Stat } from '@/shared/ui/stat'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useNow } from '@/shared/useNow'
import { useRead } from '@/shared/useRead'
import { trading } from '.'
import { useText } from './texts'

const often = 5_000
const oldSeconds = 10

export const tiles: readonly Tile[] = [
  { place: 'figures', rank: 2, Tile: Figures },
  { place: 'side', rank: 1, Tile: Feeds },
]

const useFeeds = () => useRead(['feeds'], (signal) => call('GET /api/v1/trading/feeds', { signal }), often)

function Figures() {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const { data } = useFeeds()
  const lag = data?.items.length ? Math.max(0, ...data.items.map((feed) => feed.age_seconds ?? 0)) : null
  return (
    <>
      <Stat
        label={t('overview.lag')}
        value={format.duration(lag)}
        detail={data ? t('overview.feeds', { count: format.whole(data.items.length) }) : undefined}
      />
      <Stat
        label={t('overview.log')}
        value={format.bytes(data?.log_bytes)}
        detail={data?.written_at ? t('overview.written', { ago: format.ago(data.written_at, now) }) : undefined}
      />
    </>
  )
}

function Feeds() {
  const t = useText()
  const format = useFormat()
  return (
    <Card
      title={t('overview.feedsTitle')}
      flush
      actions={
        <Link to="/trading" className="text-xs font-medium text-accent hover:underline">
          {t(trading.name)}
        </Link>
      }
    >
      <Table
        label={t('overview.feedsTitle')}
        rows={useFeeds()}
        keyOf={(feed) => `${feed.exchange} ${feed.symbol}`}
        empty={<Empty title={t('trading.none')}>{t('trading.noneText')}</Empty>}
        columns={[
          {
            head: t('trading.symbol'),
            className: 'font-medium',
            cell: (feed) => (
              <>
                {feed.symbol} <span className="font-normal text-muted">{feed.exchange}</span>
              </>
            ),
          },
          {
            head: t('trading.age'),
            isNumeric: true,
            cell: (feed) => (
              <Badge tone={(feed.age_seconds ?? 0) > oldSeconds ? 'warn' : 'good'}>{format.duration(feed.age_seconds)}</Badge>
            ),
          },
          {
            head: t('trading.lag'),
            isNumeric: true,
            className: 'text-muted',
            cell: (feed) => format.duration((feed.lag_milliseconds ?? 0) / 1000),
          },
        ]}
      />
    </Card>
  )
}
