import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { Page } from '@/shared/ui/page'
import { Loading } from '@/shared/ui/states'
import { Tabs } from '@/shared/ui/tabs'
import { useRole } from '@/shared/useRole'
import { data } from '.'
import { Sql } from './Sql'
import { Tables } from './Tables'
import { useText } from './texts'

const Diagrams = lazy(() => import('./Diagrams'))

const first = 'SELECT order_status, count(*) AS lines, sum(net) AS net FROM fact_sales GROUP BY 1 ORDER BY 2 DESC'

export default function Data() {
  const t = useText()
  const { canWork } = useRole()
  const [search, setSearch] = useSearchParams()
  const show = (tab: string, more: Readonly<Record<string, string>> = {}) => setSearch({ tab, ...more }, { replace: true })
  const tables = {
    value: 'tables',
    label: t('data.tables'),
    content: (
      <Tables key={search.get('table')} first={search.get('table') ?? ''} onAsk={canWork ? (sql) => show('sql', { sql }) : undefined} />
    ),
  }
  const diagrams = {
    value: 'diagrams',
    label: t('diagram.title'),
    content: (
      <Suspense fallback={<Loading rows={8} />}>
        <Diagrams onOpen={(table) => show('tables', { table })} />
      </Suspense>
    ),
  }
  const sql = {
    value: 'sql',
    label: t('data.sql'),
    content: <Sql key={search.get('sql')} first={search.get('sql') ?? first} runsAtOnce={search.has('sql')} />,
  }
  const tabs = canWork ? [tables, sql, diagrams] : [tables, diagrams]
  const asked = search.get('tab')
  return (
    <Page title={t(data.name)} note={t('data.note')}>
      <Tabs
        label={t(data.name)}
        value={tabs.find((tab) => tab.value === asked)?.value ?? 'tables'}
        onChange={(tab) => show(tab)}
        tabs={tabs}
      />
    </Page>
  )
}
