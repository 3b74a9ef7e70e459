"""All settings in one place, read from the environment with typed readers; production refuses unsafe ones."""

from pathlib import Path

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

MODE = env.str("PORTAL_MODE", "production")
IN_PRODUCTION = MODE == "production"
if MODE not in {"development", "demo", "production"}:
    raise ImproperlyConfigured("PORTAL_MODE is development, demo or production.")
DEVELOPMENT_SECRET = "development-only-" + "x" * 40
DEVELOPMENT_KEY = "ZGV2ZWxvcG1lbnQtb25seS1rZXktMzItYnl0ZXMhISE="


def secret(name: str, development: str) -> str:
    """Return the secret called `name`; outside development it has to be set and must not be the default."""
    value = env.str(name, "")
    if MODE == "development":
        return value or development
    if not value or value == development:
        raise ImproperlyConfigured(f"{name} is not set. Run script/setup, or set it in the environment.")
    return value


SECRET_KEY = secret("SECRET_KEY", DEVELOPMENT_SECRET)
PERSONAL_DATA_KEY = secret("PERSONAL_DATA_KEY", DEVELOPMENT_KEY)
BLIND_INDEX_KEY = secret("BLIND_INDEX_KEY", DEVELOPMENT_KEY)
CERTIFICATE_SIGNING_KEYS = dict(
    pair.split("=", 1)
    for pair in secret("CERTIFICATE_SIGNING_KEYS", f"development={DEVELOPMENT_KEY}").split(",")
)
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
if IN_PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG must be off in production.")
if IN_PRODUCTION and not PUBLIC_ADDRESS.startswith("https://"):
    raise ImproperlyConfigured("PUBLIC_ADDRESS must be the https address that certificates point to.")

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.import_export",
    "unfold.contrib.guardian",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "import_export",
    "django_htmx",
    "csp",
    "schools",
    "microcapabilities",
    "assessment",
    "certificates",
    "portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.policy.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "schools.access.middleware.ScopeMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.navigation.frame",
            ],
        },
    }
]

DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={env.str('SQLITE_SYNCHRONOUS', 'NORMAL')};",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "cache"),
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

QUEUE_DIR = VAR_DIR / "queue"
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 900, "max_retries": 0}
    if REDIS_URL
    else {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.2,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 900
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "schools.jobs.sweep", "schedule": 15.0},
    "sweep-previews": {"task": "schools.previews.sweep", "schedule": 30.0},
    "adopt-previews": {"task": "schools.previews.adopt", "schedule": 300.0},
    "compare-pieces": {"task": "assessment.likeness.compare", "schedule": 60.0},
    "adopt-pieces": {"task": "assessment.likeness.adopt", "schedule": 600.0},
    "sweep-cleaned": {"task": "schools.cleaning.sweep", "schedule": 30.0},
    "sweep-arrivals": {"task": "schools.files.sweep_arrivals", "schedule": 3600.0},
    "lapse-orphaned-reviews": {"task": "assessment.lapse_orphans", "schedule": 60.0},
    "reconcile-certificates": {"task": "certificates.reconcile", "schedule": 60.0},
    "sample-process": {"task": "assessment.sample_process", "schedule": crontab(hour=4, minute=10)},
    "recount-lately": {"task": "assessment.recount_lately", "schedule": 300.0},
    "recount-year": {"task": "assessment.recount_year", "schedule": crontab(hour=2, minute=30)},
    "flag": {"task": "assessment.flag", "schedule": crontab(hour=3, minute=15)},
    "remind": {"task": "assessment.remind", "schedule": crontab(hour=7, minute=0)},
    "digest": {"task": "assessment.digest", "schedule": crontab(hour=7, minute=30, day_of_week="mon")},
    "send-outboxes": {"task": "assessment.send_outboxes", "schedule": 60.0},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

AUTH_USER_MODEL = "schools.User"
AUTHENTICATION_BACKENDS = [
    "schools.access.backend.MembershipBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:front"
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", False) else 0
ACCOUNT_ADAPTER = "schools.access.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/5m/key,60/5m/ip"}
MFA_ADAPTER = "schools.access.accounts.MFAAdapter"
MFA_TOTP_ISSUER = "Micro-capability portal"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
STAFF_NEED_TOTP = env.bool("STAFF_NEED_TOTP", IN_PRODUCTION)
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_RAISE_403 = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "development"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE == "development"
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = str(VAR_DIR / "incoming")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FSYNC_FILES = env.bool("FSYNC_FILES", True)  # off only while data is made up: a power cut may lose files
for folder in (QUEUE_DIR / "messages", QUEUE_DIR / "control", MEDIA_ROOT, VAR_DIR / "incoming"):
    folder.mkdir(parents=True, exist_ok=True)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = IN_PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if IN_PRODUCTION else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
}
# Mail is off unless there is a server: EMAIL_URL, or EMAIL_HOST with what belongs to it.
MAIL = env.dj_email_url("EMAIL_URL") if env.str("EMAIL_URL", "") else {}
EMAIL_HOST = env.str("EMAIL_HOST", "") or MAIL.get("EMAIL_HOST") or ""
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "") or MAIL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "") or MAIL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_SSL = env.bool("EMAIL_USE_SSL", MAIL.get("EMAIL_USE_SSL", False))
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", MAIL.get("EMAIL_USE_TLS", False))
EMAIL_PORT = env.int(
    "EMAIL_PORT", MAIL.get("EMAIL_PORT") or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
)
BY_SERVER = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
EMAIL_BACKEND = env.str("EMAIL_BACKEND", MAIL.get("EMAIL_BACKEND", BY_SERVER))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", "portal@localhost")
# Where robots of group chats may be: WeCom, DingTalk, Feishu.
CHAT_HOSTS = env.list("CHAT_HOSTS", ["qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn"])
IMPORT_EXPORT_USE_TRANSACTIONS = True
UNFOLD = {"SITE_TITLE": "Micro-capability portal", "SITE_HEADER": "Micro-capability portal"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
