import { useState } from 'react'
import { call } from '@/shared/api/client'
import { useEvents } from '@/shared/api/events'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Card } from '@/shared/ui/card'
import { Stat } from '@/shared/ui/stat'
import { Empty, Loading } from '@/shared/ui/states'
import { useNow } from '@/shared/useNow'
import { useRead } from '@/shared/useRead'
import { Coverage } from './Coverage'
import { Depth } from './Depth'
import { Gaps } from './Gaps'
import { keyOf, LiveQuotes } from './live'
import { QuoteTable } from './QuoteTable'
import { SymbolChart } from './SymbolChart'
import { useText } from './texts'

// The server sends something every second.
const patience = 5_000

/** Quotes and order books as they move, and what of them can be trusted. */
export function Market() {
  const t = useText()
  const format = useFormat()
  // Each second the figures over all symbols; the quotes of one draw its row alone.
  const now = useNow(1000)
  const [live] = useState(() => new LiveQuotes())
  const [keys, setKeys] = useState<readonly string[] | null>(null)
  const [isOpen, setOpen] = useState(false)
  const [chosen, choose] = useState<string | null>(null)
  useEvents(
    'GET /api/v1/trading/feeds',
    { patience },
    (event) => {
      live.take(event)
      if (live.keys !== keys) setKeys(live.keys)
    },
    setOpen,
  )
  const coverage = useRead(['coverage'], (signal) => call('GET /api/v1/trading/coverage', { query: { days: 35 }, signal }), 60_000)
  const items = live.all()
  const shown = live.find(chosen ?? '') ?? items[0]
  const lag = items.length ? Math.max(...items.map((one) => one.lag_milliseconds ?? 0)) : null
  const today = coverage.data?.items.at(-1)
  return (
    <>
      <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label={t('trading.perMinute')}
          value={format.whole(keys ? items.reduce((sum, one) => sum + one.per_minute, 0) : null)}
          detail={keys ? t('overview.feeds', { count: format.whole(items.length) }) : undefined}
        />
        <Stat label={t('trading.longestLag')} value={lag === null ? '—' : format.duration(lag / 1000)} detail={t('trading.lagDetail')} />
        <Stat
          label={t('trading.gapsToday')}
          value={today?.quotes ? format.duration(today.gap_seconds) : '—'}
          detail={t('trading.gapsDetail')}
        />
        <Stat
          label={t('overview.log')}
          value={format.bytes(live.log?.log_bytes)}
          detail={live.log?.written_at ? t('overview.written', { ago: format.ago(live.log.written_at, now) }) : undefined}
        />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-4">
          <Card
            title={t('trading.quotes')}
            note={t('trading.choose')}
            flush
            actions={
              <Badge tone={isOpen ? 'good' : 'warn'} pulse={isOpen}>
                {t(isOpen ? 'trading.live' : 'trading.connecting')}
              </Badge>
            }
          >
            {keys === null ? (
              <Loading rows={6} />
            ) : items.length ? (
              <QuoteTable live={live} keys={keys} chosen={shown ? keyOf(shown) : ''} now={now} onChoose={choose} />
            ) : (
              <Empty title={t('trading.none')}>{t('trading.noneText')}</Empty>
            )}
          </Card>
          <Coverage query={coverage} />
          <Gaps />
        </div>
        {shown && (
          <div className="grid min-w-0 gap-4">
            <SymbolChart live={live} exchange={shown.exchange} symbol={shown.symbol} />
            <Depth key={keyOf(shown)} exchange={shown.exchange} symbol={shown.symbol} />
          </div>
        )}
      </div>
    </>
  )
}
