import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { call } from '@/shared/api/client'
import { useEvents } from '@/shared/api/events'
import type { Feeds } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Badge } from '@/shared/ui/badge'
import { Card } from '@/shared/ui/card'
import { Page } from '@/shared/ui/page'
import { Stat } from '@/shared/ui/stat'
import { Empty, Loading } from '@/shared/ui/states'
import { useNow } from '@/shared/useNow'
import { Coverage } from './Coverage'
import { Gaps } from './Gaps'
import { QuoteTable } from './QuoteTable'
import { SymbolChart } from './SymbolChart'

export default function Trading() {
  const t = useText()
  const format = useFormat()
  const now = useNow(1000)
  const [feeds, setFeeds] = useState<Feeds | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [chosen, choose] = useState<string | null>(null)
  const frame = useRef(0)
  // What comes between two frames of the screen is not painted.
  useEvents('GET /api/v1/trading/feeds', {}, (event) => {
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => setFeeds(JSON.parse(event.data) as Feeds))
  }, setOpen)
  const coverage = useQuery({ queryKey: ['coverage'], queryFn: ({ signal }) => call('GET /api/v1/trading/coverage', { query: { days: 35 }, signal }), refetchInterval: 60_000 })
  const items = feeds?.items ?? []
  const shown = items.find((one) => `${one.exchange} ${one.symbol}` === chosen) ?? items[0]
  const lag = items.length ? Math.max(...items.map((one) => one.lag_milliseconds ?? 0)) : null
  const today = coverage.data?.items.at(-1)
  return (
    <Page title={t('nav.trading')} note={t('trading.note')} actions={<Badge tone={isOpen ? 'good' : 'warn'} pulse={isOpen}>{t(isOpen ? 'trading.live' : 'trading.connecting')}</Badge>}>
      <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat label={t('trading.perMinute')} value={format.whole(feeds ? items.reduce((sum, one) => sum + one.per_minute, 0) : null)} detail={feeds ? t('overview.feeds', { count: format.whole(items.length) }) : undefined} />
        <Stat label={t('trading.longestLag')} value={lag === null ? '—' : format.duration(lag / 1000)} detail={t('trading.lagDetail')} />
        <Stat label={t('trading.gapsToday')} value={today?.quotes ? format.duration(today.gap_seconds) : '—'} detail={t('trading.gapsDetail')} />
        <Stat label={t('overview.log')} value={format.bytes(feeds?.log_bytes)} detail={feeds?.written_at ? t('overview.written', { ago: format.ago(feeds.written_at, now) }) : undefined} />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
        <Card title={t('trading.quotes')} note={t('trading.choose')} flush>
          {feeds === null ? <Loading rows={6} /> : items.length ? <QuoteTable quotes={items} chosen={shown ? `${shown.exchange} ${shown.symbol}` : ''} onChoose={choose} /> : <Empty title={t('trading.none')}>{t('trading.noneText')}</Empty>}
        </Card>
        {shown && <SymbolChart exchange={shown.exchange} symbol={shown.symbol} />}
      </div>
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-2">
        <Coverage query={coverage} />
        <Gaps />
      </div>
    </Page>
  )
}
