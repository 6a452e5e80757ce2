import { Link } from 'react-router'
import { Button } from '@/shared/ui/button'
import { Page } from '@/shared/ui/page'
import { Empty } from '@/shared/ui/states'
import { name } from './overview/name'
import { useText } from './texts'

export function NotFound() {
  const t = useText()
  return (
    <Page title={t('notFound.title')}>
      <Empty title={t('notFound.text')}>
        <Button asChild>
          <Link to="/">{t(name)}</Link>
        </Button>
      </Empty>
    </Page>
  )
}
