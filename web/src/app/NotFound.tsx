import { Link } from 'react-router'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Page } from '@/shared/ui/page'
import { Empty } from '@/shared/ui/states'

export function NotFound() {
  const t = useText()
  return (
    <Page title={t('notFound.title')}>
      <Empty title={t('notFound.text')}>
        <Button asChild>
          <Link to="/">{t('nav.overview')}</Link>
        </Button>
      </Empty>
    </Page>
  )
}
