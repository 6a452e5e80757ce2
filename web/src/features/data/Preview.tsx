import { useQuery } from '@tanstack/react-query'
import { call } from '@/shared/api/client'
import { Card } from '@/shared/ui/card'
import { Fetched } from '@/shared/ui/states'
import { ResultTable } from './ResultTable'
import { useText } from './texts'

export function Preview({ sql }: { readonly sql: string }) {
  const t = useText()
  const rows = useQuery({
    queryKey: ['preview', sql],
    queryFn: ({ signal }) => call('GET /api/v1/query', { query: { sql, limit: 50 }, signal }),
  })
  return (
    <Card title={t('data.preview')} flush>
      <Fetched query={rows}>{(data) => <ResultTable rows={data} />}</Fetched>
    </Card>
  )
}
