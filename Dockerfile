# Every RUN and CMD line has a name, so that `make NAME` runs the very same line where there is no Docker.

FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.lock ./
# image-install: the packages, hashes checked, in a venv that the second stage takes whole
RUN python3 -m venv .venv && .venv/bin/python -m pip install --quiet --no-cache-dir --require-hashes -r requirements.lock
# image-data: the empty folder that becomes the volume, so that the volume belongs to the program's user
RUN mkdir -m 0700 data

FROM python:3.11-slim
WORKDIR /app
COPY --from=build /app/.venv .venv
COPY --from=build --chown=10001:10001 /app/data /data
COPY . .
# image-compile: bytecode for what is ours, since the program's user may not write here
RUN .venv/bin/python -m compileall -q bot handlers pages schedules platforms views services storage domain
ENV BOT_DATA_DIR=/data BOT_HTTP_HOST=0.0.0.0 BOT_HTTP_PORT=8080 PYTHONUNBUFFERED=1
# A number needs no entry in a list of users, and can be checked by whoever forbids containers to run as root.
USER 10001:10001
VOLUME /data
EXPOSE 8080
# image-health: asks the program itself; there is no curl in the image
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD .venv/bin/python -c "import http.client as h, os, sys; c = h.HTTPConnection('127.0.0.1', int(os.environ['BOT_HTTP_PORT']), timeout=4); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"
# image-run: exec, so that a stop reaches the program and not a shell in front of it
CMD exec .venv/bin/python -m bot run
