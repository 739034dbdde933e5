# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
# `postgres,pdf` for the simulator; the load test of docker-compose.yml builds the same image with `load`.
ARG EXTRAS=postgres,pdf
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /src
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY simulator simulator
COPY fixtures fixtures
RUN pip install -c requirements.lock ".[${EXTRAS}]"

FROM python:3.13-slim
LABEL org.opencontainers.image.title="mijnoverheid-simulator" \
      org.opencontainers.image.description="A simulator of the production environment of MijnOverheid" \
      org.opencontainers.image.licenses="EUPL-1.2"
# What WeasyPrint, of the extra `pdf`, draws with. Debian keeps one version of each, with its security fixes.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home simulator \
 && install --directory --owner=simulator --group=simulator /data
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SIMULATOR_HOST=0.0.0.0 \
    SIMULATOR_PORT=8000 \
    SIMULATOR_DATA=/data
USER 10001
WORKDIR /home/simulator
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --start-interval=1s CMD ["mosim", "readyz"]
CMD ["mosim", "serve"]
