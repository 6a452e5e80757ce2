import a11y from 'eslint-plugin-jsx-a11y'
import hooks from 'eslint-plugin-react-hooks'
import { defineConfig } from 'eslint/config'
import typescript from 'typescript-eslint'

/** Files of a folder import nothing that a pattern fits. */
const closed = (files, regex, message, ignores = []) => ({
  files,
  ignores,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ regex, message }] }] },
})

const ownFolder = 'A feature imports its own folder and @/shared.'

// Run from web/. Forms and lines are prettier's; types are the build's.
export default defineConfig(
  { ignores: ['dist', '**/node_modules', 'src/shared/api/schema.ts'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [typescript.configs.recommended, typescript.configs.stylistic],
    rules: { '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [hooks.configs.flat.recommended, a11y.flatConfigs.recommended],
    // Boxes that scroll are reached by keyboard.
    rules: { 'jsx-a11y/no-noninteractive-tabindex': ['error', { roles: ['group', 'log'], tags: [] }] },
  },
  // app → features → shared.
  closed(['src/shared/**'], '^@/(app|features)(/|$)|/(app|features)/', 'What is shared knows neither the features nor the frame.'),
  closed(['src/features/*/*'], '^@/(app|features)(/|$)|^\\.\\./', ownFolder),
  closed(['src/features/*/*/**'], '^@/(app|features)(/|$)|\\.\\./\\.\\./', ownFolder),
  closed(['src/app/**', 'src/main.tsx'], '(^@|\\.)/features/', 'The features are listed in app/features.ts alone.', [
    'src/app/features.ts',
  ]),
)
