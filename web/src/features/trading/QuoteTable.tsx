import { memo } from 'react'
import { cn } from '@/shared/cn'
import { placesOf, useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import type { LiveQuotes } from './live'
import { useQuote } from './useLive'

const old = 10

export function QuoteTable({
  live,
  keys,
  chosen,
  now,
  onChoose,
}: {
  readonly live: LiveQuotes
  readonly keys: readonly string[]
  readonly chosen: string
  readonly now: number
  readonly onChoose: (key: string) => void
}) {
  const t = useText()
  return (
    <Table label={t('trading.quotes')} maxHeight="34rem">
      <Head>
        <Th>{t('trading.symbol')}</Th>
        <Th numeric>{t('trading.bid')}</Th>
        <Th numeric>{t('trading.ask')}</Th>
        <Th numeric>{t('trading.spread')}</Th>
        <Th numeric>{t('trading.lag')}</Th>
        <Th numeric>{t('trading.age')}</Th>
        <Th numeric>{t('trading.perMinute')}</Th>
      </Head>
      <tbody>
        {keys.map((key) => (
          <QuoteRow key={key} live={live} id={key} isChosen={key === chosen} now={now} onChoose={onChoose} />
        ))}
      </tbody>
    </Table>
  )
}

/** Drawn anew with its own quotes, and each second for its age. */
const QuoteRow = memo(function QuoteRow({
  live,
  id,
  isChosen,
  onChoose,
}: {
  readonly live: LiveQuotes
  readonly id: string
  readonly isChosen: boolean
  readonly now: number
  readonly onChoose: (key: string) => void
}) {
  const t = useText()
  const format = useFormat()
  const quote = useQuote(live, id)
  if (!quote) return null
  const age = live.age(id)
  const places = placesOf([quote.bid_price, quote.ask_price])
  return (
    <Row className={cn(isChosen && 'bg-accent-soft hover:bg-accent-soft')}>
      <Td>
        <button type="button" aria-pressed={isChosen} className="font-medium hover:underline" onClick={() => onChoose(id)}>
          {quote.symbol}
        </button>{' '}
        <span className="text-xs text-muted">{quote.exchange}</span>
      </Td>
      <Td numeric>
        <span className="text-good">{format.placed(quote.bid_price, places)}</span>
        <span className="block text-xs text-muted">{format.number(quote.bid_amount)}</span>
      </Td>
      <Td numeric>
        <span className="text-bad">{format.placed(quote.ask_price, places)}</span>
        <span className="block text-xs text-muted">{format.number(quote.ask_amount)}</span>
      </Td>
      <Td numeric>{t('trading.basisPoints', { value: format.short(quote.spread_basis_points) })}</Td>
      <Td numeric className="text-muted">
        {format.duration((quote.lag_milliseconds ?? 0) / 1000)}
      </Td>
      <Td numeric className={(age ?? 0) > old ? 'text-warn' : 'text-muted'}>
        {format.duration(Math.floor(age ?? 0))}
      </Td>
      <Td numeric className="text-muted">
        {format.whole(quote.per_minute)}
      </Td>
    </Row>
  )
})
