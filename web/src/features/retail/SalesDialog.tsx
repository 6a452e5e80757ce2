import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { Dialog } from '@/shared/ui/dialog'
import { More } from '@/shared/ui/more'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { usePages } from '@/shared/usePages'
import { useText } from './texts'

export interface SalesFilter {
  readonly region?: string
  readonly manager?: string
  readonly category?: string
  readonly payment_method?: string
}

export type SalesOf = SalesFilter & { readonly from?: string; readonly to?: string; readonly title: string }

/** The lines of orders behind a bar. */
export function SalesDialog({ of: { title, ...filter }, onClose }: { readonly of: SalesOf; readonly onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const sales = usePages(['sales', filter], (next, signal) =>
    call('GET /api/v1/retail/sales', { query: { ...filter, limit: 50, cursor: Number(next ?? 0) }, signal }),
  )
  return (
    <Dialog title={title} note={t('retail.lines')} isOpen onClose={onClose} wide>
      <Table
        label={title}
        className="-mx-5"
        rows={sales}
        keyOf={(line) => `${line.order_id} ${line.line_number}`}
        skeleton={8}
        empty={<Empty title={t('retail.noLines')} />}
        columns={[
          { head: t('sale.order'), className: 'tabular-nums', cell: (line) => line.order_id },
          { head: t('sale.date'), className: 'whitespace-nowrap', cell: (line) => format.day(line.date) },
          { head: t('sale.customer'), cell: (line) => line.customer },
          { head: t('sale.product'), cell: (line) => line.product },
          { head: t('sale.status'), className: 'text-muted', cell: (line) => line.order_status },
          { head: t('sale.quantity'), isNumeric: true, cell: (line) => format.whole(line.quantity) },
          { head: t('sale.net'), isNumeric: true, cell: (line) => format.money(line.net) },
          { head: t('kpi.margin'), isNumeric: true, cell: (line) => format.money(line.margin) },
        ]}
      />
      <More of={sales} className="mt-4" size="normal" />
    </Dialog>
  )
}
