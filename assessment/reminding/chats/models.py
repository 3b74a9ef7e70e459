"""Group chats that hear counts: a robot's address, kept sealed, and what is to be posted there."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assessment.reminding.models import Outgoing, sent_has_time, waiting_index
from schools.organisations.models import School, TenantModel


class ChatKind(models.TextChoices):
    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")
    PLAIN = "plain", _("Plain JSON")


class ChatHook(TenantModel):
    """One group chat of the county or of a school; its address is a secret and lies sealed."""

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=ChatKind.choices)
    host = models.CharField(_("host"), max_length=120)
    url_sealed = models.BinaryField(editable=False)
    is_on = models.BooleanField(_("on"), default=True)
    with_names = models.BooleanField(_("with names"), default=False)
    added_at = models.DateTimeField(db_default=Now())
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    last_at = models.DateTimeField(_("last posted"), null=True, blank=True)
    last_result = models.CharField(_("last result"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("group chat")
        verbose_name_plural = _("group chats")
        constraints = [
            models.UniqueConstraint(
                fields=["county", "name"],
                condition=models.Q(school__isnull=True),
                name="chat_of_county_named_once",
            ),
            models.UniqueConstraint(
                fields=["school", "name"],
                condition=models.Q(school__isnull=False),
                name="chat_of_school_named_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url_shown(self) -> str:
        """The address with its secret part hidden."""
        return f"{self.host}/…"


class ChatMessage(Outgoing):
    """What is to be posted to one chat, once per step."""

    hook = models.ForeignKey(ChatHook, models.CASCADE, related_name="messages")
    step = models.CharField(max_length=60)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("chat message")
        verbose_name_plural = _("chat messages")
        constraints = [
            models.UniqueConstraint(fields=["hook", "step"], name="posted_once_per_step"),
            sent_has_time("sent_message_has_time"),
        ]
        indexes = [waiting_index("message")]

    def __str__(self) -> str:
        return self.step
