import { call } from '@/shared/api/client'
import { Card } from '@/shared/ui/card'
import { Fetched } from '@/shared/ui/states'
import { useRead } from '@/shared/useRead'
import { ResultTable } from './ResultTable'
import { useText } from './texts'

export function Preview({ sql }: { readonly sql: string }) {
  const t = useText()
  const rows = useRead(['preview', sql], (signal) => call('GET /api/v1/query', { query: { sql, limit: 50 }, signal }))
  return (
    <Card title={t('data.preview')} flush>
      <Fetched query={rows}>{(data) => <ResultTable rows={data} />}</Fetched>
    </Card>
  )
}
