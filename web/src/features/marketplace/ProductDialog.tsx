import { useMemo } from 'react'
import { call } from '@/shared/api/client'
import type { ProductDay, SalesRow, Suspect, WatchedProduct } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { useFormat } from '@/shared/format'
import { Dialog } from '@/shared/ui/dialog'
import { Empty, Fetched } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useRead } from '@/shared/useRead'
import { useText } from './texts'
import { numberOf, secondsOf } from './values'

/** A product day by day: price and reviews as they were seen, what it is thought to sell, and who offers it. */
export function ProductDialog({ product, onClose }: { readonly product: WatchedProduct; readonly onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const path = { sku: product.sku }
  const history = useRead(['marketplace', 'history', product.sku], (signal) =>
    call('GET /api/v1/marketplace/products/{sku}/history', { path, query: {}, signal }),
  )
  const sales = useRead(['marketplace', 'sales', product.sku], (signal) =>
    call('GET /api/v1/marketplace/products/{sku}/sales', { path, query: { limit: 365 }, signal }),
  )
  const offers = useRead(['marketplace', 'offers', product.sku], (signal) =>
    call('GET /api/v1/marketplace/products/{sku}/offers', { path, signal }),
  )
  const suspects = useRead(['marketplace', 'suspects', product.sku], (signal) =>
    call('GET /api/v1/marketplace/suspects', { query: { sku: product.sku, limit: 500 }, signal }),
  )
  const doubted = suspects.data?.items ?? []
  return (
    <Dialog title={product.title ?? product.sku} note={product.title ? product.sku : undefined} isOpen wide onClose={onClose}>
      <div className="grid gap-5 overflow-y-auto p-5">
        <Fetched query={history}>
          {({ days }) =>
            days.length < 2 ? (
              <Empty title={t('marketplace.noDays')} />
            ) : (
              <>
                <Days
                  days={days}
                  suspects={doubted}
                  name="price"
                  label={t('marketplace.priceChart', { sku: product.sku })}
                  series={t('marketplace.price')}
                />
                <Days
                  days={days}
                  suspects={doubted}
                  name="reviews"
                  label={t('marketplace.reviewChart', { sku: product.sku })}
                  series={t('marketplace.reviews')}
                />
              </>
            )
          }
        </Fetched>
        <Fetched query={sales}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('marketplace.noUnits')}>{t('marketplace.noUnitsText')}</Empty>
            ) : (
              <Units sku={product.sku} rows={items} />
            )
          }
        </Fetched>
        <Table
          label={t('marketplace.offers')}
          rows={offers}
          keyOf={(offer) => offer.merchant}
          empty={<Empty title={t('marketplace.noOffers')} />}
          columns={[
            { head: t('marketplace.merchant'), cell: (offer) => offer.name },
            { head: t('marketplace.price'), isNumeric: true, cell: (offer) => format.money(offer.price) },
            { head: t('marketplace.delivery'), isNumeric: true, cell: (offer) => format.whole(offer.delivery_days) },
            { head: t('marketplace.seen'), className: 'text-muted', cell: (offer) => format.moment(offer.captured_at) },
          ]}
        />
      </div>
    </Dialog>
  )
}

/** A feature day by day; what is not believed of it in another colour. */
function Days({
  days,
  suspects,
  name,
  label,
  series,
}: {
  readonly days: readonly ProductDay[]
  readonly suspects: readonly Suspect[]
  readonly name: string
  readonly label: string
  readonly series: string
}) {
  const t = useText()
  const format = useFormat()
  const suspect = t('marketplace.suspectValues')
  const times = useMemo(() => days.map((day) => secondsOf(day.date)), [days])
  const lines = useMemo(() => {
    const values = days.map((day) => numberOf(day.features, name))
    const doubted = new Set(suspects.filter(({ field, state }) => field === name && state !== 'released').map(({ date }) => date))
    const all = { label: series, tone: 'accent' as const, values }
    return doubted.size === 0
      ? [all]
      : [
          all,
          {
            label: suspect,
            tone: 'bad' as const,
            kind: 'points' as const,
            values: days.map((day, i) => (doubted.has(day.date) ? (values[i] ?? null) : null)),
          },
        ]
  }, [days, suspects, name, series, suspect])
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-muted">{series}</h3>
      <TimeChart times={times} series={lines} height={130} label={label} value={format.number} moment={format.day} />
    </div>
  )
}

function Units({ sku, rows }: { readonly sku: string; readonly rows: readonly SalesRow[] }) {
  const t = useText()
  const format = useFormat()
  const [units, lower, upper] = [t('marketplace.units'), t('marketplace.lower'), t('marketplace.upper')]
  const ordered = useMemo(() => [...rows].sort((a, b) => a.date.localeCompare(b.date)), [rows])
  const times = useMemo(() => ordered.map((row) => secondsOf(row.date)), [ordered])
  const series = useMemo(
    () => [
      { label: lower, tone: 'muted' as const, values: ordered.map((row) => row.lower) },
      { label: upper, tone: 'muted' as const, values: ordered.map((row) => row.upper) },
      { label: units, tone: 'accent' as const, kind: 'points' as const, values: ordered.map((row) => row.units) },
    ],
    [ordered, units, lower, upper],
  )
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-muted">{units}</h3>
      <TimeChart
        times={times}
        series={series}
        band={[0, 1]}
        height={150}
        label={t('marketplace.unitChart', { sku })}
        value={format.number}
        moment={format.day}
      />
    </div>
  )
}
