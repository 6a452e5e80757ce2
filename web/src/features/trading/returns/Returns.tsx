import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { call } from '@/shared/api/client'
import type { ReturnComparison } from '@/shared/api/schema'
import { Card } from '@/shared/ui/card'
import { Select } from '@/shared/ui/field'
import { Empty, Fetched } from '@/shared/ui/states'
import { useText } from '../texts'
import { Calibration } from './Calibration'
import { Canaries } from './Canaries'
import { Equity } from './Equity'
import { Models } from './Models'
import { Prices } from './Prices'

/** What models expect of the hours to come, and how good such forecasts were. The address keeps the symbol and the horizon. */
export function Returns() {
  const t = useText()
  const [search] = useSearchParams()
  const symbol = search.get('symbol') ?? undefined
  const horizon = search.has('horizon') ? Number(search.get('horizon')) : undefined
  const query = { symbol, horizon }
  const comparison = useQuery({
    queryKey: ['trading', 'returns', symbol, horizon],
    queryFn: ({ signal }) => call('GET /api/v1/trading/returns', { query, signal }),
    placeholderData: keepPreviousData,
  })
  const track = useQuery({
    queryKey: ['trading', 'forecasts', symbol, horizon],
    queryFn: ({ signal }) => call('GET /api/v1/trading/returns/forecasts', { query, signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <Fetched query={comparison}>
      {(data) =>
        data.symbol === null ? (
          <Card>
            <Empty title={t('returns.none')}>{t('returns.noneText')}</Empty>
          </Card>
        ) : (
          <div className="grid min-w-0 gap-4">
            <Choice comparison={data} />
            <Prices track={track} />
            <Models comparison={data} />
            <div className="grid min-w-0 items-start gap-4 xl:grid-cols-2">
              <Equity track={track} />
              <Calibration comparison={data} />
            </div>
            <Canaries canaries={data.canaries} />
          </div>
        )
      }
    </Fetched>
  )
}

function Choice({ comparison: { trained, symbol, horizon } }: { readonly comparison: ReturnComparison }) {
  const t = useText()
  const [search, setSearch] = useSearchParams()
  const horizons = (name: string) => trained.find((one) => one.symbol === name)?.horizons ?? []
  const choose = (name: string, hours: number | undefined) => {
    const next = new URLSearchParams(search)
    next.set('symbol', name)
    next.set('horizon', String(hours))
    setSearch(next, { replace: true })
  }
  return (
    <div className="flex flex-wrap gap-3">
      <Select
        aria-label={t('trading.symbol')}
        className="w-40"
        value={symbol ?? ''}
        onChange={({ target: { value } }) => choose(value, horizons(value).find((hours) => hours === horizon) ?? horizons(value)[0])}
        options={trained.map((one) => one.symbol)}
      />
      <Select
        aria-label={t('returns.horizon')}
        className="w-40"
        value={horizon ?? ''}
        onChange={({ target: { value } }) => choose(symbol ?? '', Number(value))}
        options={horizons(symbol ?? '').map((hours) => [hours, t('returns.hours', { count: hours })])}
      />
    </div>
  )
}
