FROM python:3.12-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fontconfig gettext poppler-utils \
        libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 portal

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 LANG=C.UTF-8
WORKDIR /srv/portal

# The packages first: this layer stays as long as these files do.
COPY pyproject.toml constraints.txt README.md ./
RUN pip install -c constraints.txt -e .

COPY . .
# The keys of this step protect nothing: they are gone with it, and static files hold no secrets.
RUN export PORTAL_MODE=demo SECRET_KEY=build PERSONAL_DATA_KEY=build BLIND_INDEX_KEY=build \
        CERTIFICATE_SIGNING_KEYS=build=build \
    && mkdir -p locale && python manage.py compilemessages -v 0 \
    && python manage.py collectstatic --noinput -v 0 \
    && chown -R portal: var
USER portal

EXPOSE 8000
VOLUME /srv/portal/var
HEALTHCHECK --interval=15s --timeout=12s --start-period=40s --retries=4 \
    CMD ["python", "script/_reach.py", "http", "http://127.0.0.1:8000/"]
CMD ["python", "-m", "gunicorn", "portal.wsgi:application", "--no-control-socket", \
    "--workers", "2", "--threads", "4", "--bind", "0.0.0.0:8000"]
