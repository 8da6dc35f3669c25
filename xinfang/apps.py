from django.apps import AppConfig


class XinfangConfig(AppConfig):
    name = "xinfang"
    label = "xinfang"
    verbose_name = "信访超市"
    default_auto_field = "django.db.models.BigAutoField"
