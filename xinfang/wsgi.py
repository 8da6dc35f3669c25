import os

from django.core.wsgi import get_wsgi_application

from xinfang.server.processes import die_with_parent
from xinfang.web.parts.unreadable import utf8_alone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
os.environ.setdefault("XINFANG_PROCESS", "web")
if os.environ.get("XINFANG_SUPERVISED"):
    # This is a web worker; if the server above it is killed it would go on answering on the same port.
    die_with_parent()

application = utf8_alone(get_wsgi_application())
