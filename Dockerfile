# syntax=docker/dockerfile:1
# One image for all roles: the command chooses (serve, serve --api, serve --worker, migrate).

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
COPY sandbox sandbox
COPY bench bench
COPY prove prove
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
# Temporal's native client takes the system's certificates for TLS; the slim image has none.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
# Half of these may wait for names to be looked up: a few that do not answer must not hold up all others.
ENV UV_THREADPOOL_SIZE=16
# glibc keeps a heap per thread, and what is free in one is of no use to another: a claim in memory costs a third more without this.
ENV MALLOC_ARENA_MAX=2
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist/src dist/src
COPY --from=build /app/dist/workflow-bundle.js /app/dist/scalar.js dist/
USER node
EXPOSE 8080
ENTRYPOINT ["node", "dist/src/main.js"]
CMD ["serve"]
