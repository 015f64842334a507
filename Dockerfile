# The product in one image. By itself it runs its own PostgreSQL in the volume; with DATABASE_URL it is
# one of as many replicas as wanted (see compose.yaml).
FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm ci --ignore-scripts && node scripts/build.mjs

FROM node:24-slim AS dependencies
WORKDIR /app
COPY . .
RUN npm ci --ignore-scripts --omit=dev --workspace @pipelines/server

FROM node:24-slim
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/apps/server/dist ./apps/server/dist
COPY --from=build /app/apps/web/dist ./apps/web/dist
COPY apps/server/package.json ./apps/server/package.json
COPY LICENSE ./LICENSE
RUN install -d -o node -g node -m 0700 /var/lib/pipelines
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/var/lib/pipelines
USER node
VOLUME /var/lib/pipelines
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/server/dist/main.js"]
