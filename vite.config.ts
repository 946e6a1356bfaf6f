import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig({
  root: path('./src/web'),
  plugins: [react()],
  resolve: { alias: { '#core': path('./src/core') } },
  server: { proxy: { '/api': 'http://localhost:8080' } },
  css: { postcss: path('.') },
  build: {
    outDir: path('./dist/web'),
    emptyOutDir: true,
    manifest: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 10 },
          ],
        },
      },
    },
  },
})
