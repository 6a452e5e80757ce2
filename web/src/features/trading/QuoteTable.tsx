import { memo } from 'react'
import { cn } from '@/shared/cn'
import { placesOf, useFormat } from '@/shared/format'
import { Grid, Row, Td } from '@/shared/ui/table'
import type { LiveQuotes } from './live'
import { useText } from './texts'
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
    <Grid
      label={t('trading.quotes')}
      maxHeight="34rem"
      headings={[
        { head: t('trading.symbol') },
        { head: t('trading.bid'), isNumeric: true },
        { head: t('trading.ask'), isNumeric: true },
        { head: t('trading.spread'), isNumeric: true },
        { head: t('trading.lag'), isNumeric: true },
        { head: t('trading.age'), isNumeric: true },
        { head: t('trading.perMinute'), isNumeric: true },
      ]}
    >
      {keys.map((key) => (
        <QuoteRow key={key} live={live} id={key} isChosen={key === chosen} now={now} onChoose={onChoose} />
      ))}
    </Grid>
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
      <Td isNumeric>
        <span className="text-good">{format.placed(quote.bid_price, places)}</span>
        <span className="block text-xs text-muted">{format.number(quote.bid_amount)}</span>
      </Td>
      <Td isNumeric>
        <span className="text-bad">{format.placed(quote.ask_price, places)}</span>
        <span className="block text-xs text-muted">{format.number(quote.ask_amount)}</span>
      </Td>
      <Td isNumeric>{t('trading.basisPoints', { value: format.short(quote.spread_basis_points) })}</Td>
      <Td isNumeric className="text-muted">
        {format.duration((quote.lag_milliseconds ?? 0) / 1000)}
      </Td>
      <Td isNumeric className={(age ?? 0) > old ? 'text-warn' : 'text-muted'}>
        {format.duration(Math.floor(age ?? 0))}
      </Td>
      <Td isNumeric className="text-muted">
        {format.whole(quote.per_minute)}
      </Td>
    </Row>
  )
})
