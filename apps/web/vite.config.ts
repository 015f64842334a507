import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const apiServer = 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), tailwindcss()],
  build: {
    outDir: 'dist',
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // The content security policy knows no data: addresses, so no asset may become one.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Together they weigh less than half of them in files of their own, and are asked for once.
            { name: 'icons', test: /node_modules\/lucide-react\/dist\/esm\/icons/ },
            // Beside the builder and not in it: loaded at the same time, and kept by browsers when the builder changes.
            { name: 'editor', test: /node_modules\/(?:@codemirror|@lezer|@marijn|style-mod|w3c-keyname|crelt)\// },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': apiServer, '/v1': apiServer },
  },
});
