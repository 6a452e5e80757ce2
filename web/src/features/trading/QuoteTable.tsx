import type { LatestQuote } from '@/shared/api/schema'
import { cn } from '@/shared/cn'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'

const old = 10

export function QuoteTable({ quotes, chosen, onChoose }: { readonly quotes: readonly LatestQuote[]; readonly chosen: string; readonly onChoose: (key: string) => void }) {
  const t = useText()
  const format = useFormat()
  return (
    <Table label={t('trading.quotes')}>
      <Head><Th>{t('trading.symbol')}</Th><Th numeric>{t('trading.bid')}</Th><Th numeric>{t('trading.ask')}</Th><Th numeric>{t('trading.spread')}</Th><Th numeric>{t('trading.lag')}</Th><Th numeric>{t('trading.age')}</Th><Th numeric>{t('trading.perMinute')}</Th></Head>
      <tbody>
        {quotes.map((quote) => {
          const key = `${quote.exchange} ${quote.symbol}`
          return (
            <Row key={key} className={cn(key === chosen && 'bg-accent-soft hover:bg-accent-soft')}>
              <Td><button type="button" aria-pressed={key === chosen} className="font-medium hover:underline" onClick={() => onChoose(key)}>{quote.symbol}</button> <span className="text-xs text-muted">{quote.exchange}</span></Td>
              <Td numeric><span className="text-good">{format.number(quote.bid_price)}</span><span className="block text-xs text-muted">{format.number(quote.bid_amount)}</span></Td>
              <Td numeric><span className="text-bad">{format.number(quote.ask_price)}</span><span className="block text-xs text-muted">{format.number(quote.ask_amount)}</span></Td>
              <Td numeric>{t('trading.basisPoints', { value: format.short(quote.spread_basis_points) })}</Td>
              <Td numeric className="text-muted">{format.duration((quote.lag_milliseconds ?? 0) / 1000)}</Td>
              <Td numeric className={(quote.age_seconds ?? 0) > old ? 'text-warn' : 'text-muted'}>{format.duration(quote.age_seconds)}</Td>
              <Td numeric className="text-muted">{format.whole(quote.per_minute)}</Td>
            </Row>
          )
        })}
      </tbody>
    </Table>
  )
}
