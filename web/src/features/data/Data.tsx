import { useSearchParams } from 'react-router'
import { useText } from '@/shared/i18n'
import { Page } from '@/shared/ui/page'
import { Tabs } from '@/shared/ui/tabs'
import { useRole } from '@/shared/useRole'
import { Sql } from './Sql'
import { Tables } from './Tables'

const first = 'SELECT order_status, count(*) AS lines, sum(net) AS net FROM fact_sales GROUP BY 1 ORDER BY 2 DESC'

export default function Data() {
  const t = useText()
  const { canWork } = useRole()
  const [search, setSearch] = useSearchParams()
  const show = (tab: string, sql?: string) => setSearch(sql ? { tab, sql } : { tab }, { replace: true })
  const tables = { value: 'tables', label: t('data.tables'), content: <Tables onAsk={canWork ? (sql) => show('sql', sql) : undefined} /> }
  return (
    <Page title={t('nav.data')} note={t('data.note')}>
      <Tabs
        label={t('nav.data')}
        value={canWork ? (search.get('tab') ?? 'tables') : 'tables'}
        onChange={show}
        tabs={canWork ? [tables, { value: 'sql', label: t('data.sql'), content: <Sql key={search.get('sql')} first={search.get('sql') ?? first} runsAtOnce={search.has('sql')} /> }] : [tables]}
      />
    </Page>
  )
}
