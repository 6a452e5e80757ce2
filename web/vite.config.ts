import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const server = process.env.TRADEPOST_SERVER ?? 'http://127.0.0.1:8000'

export default defineConfig({
  base: './',
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 600,
    reportCompressedSize: false,
    // What most pages share is one file, not a dozen of some hundred bytes.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'shared', test: /\/src\/shared\//, minShareCount: 5 }] } } },
  },
  server: { fs: { allow: ['..'] }, proxy: { '/api': server, '/health': server, '/docs': server, '/openapi': server } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['./tests/setup.ts'], css: false },
})
