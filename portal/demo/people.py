"""Invents teachers: names, identity numbers with true check digits, telephone numbers and careers."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schools.people.id_numbers import check_sign

REGION = "341324"
STAGES = ("幼儿园", "小学", "初中")
SUBJECTS: dict[str, tuple[str, ...]] = {
    "幼儿园": ("幼儿综合",),
    "小学": ("语文", "数学", "英语", "科学", "道德与法治", "音乐", "美术", "体育", "信息科技"),
    "初中": (
        "语文",
        "数学",
        "英语",
        "物理",
        "化学",
        "生物",
        "历史",
        "地理",
        "道德与法治",
        "体育",
        "信息科技",
    ),
}
FAMILY_NAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
MALE_NAMES = "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林峰阳志国建文德庆海永新立成东良振家"
FEMALE_NAMES = "芳娜敏静丽艳娟霞秀英玲燕红梅莉兰洁萍丹云琳雪慧婷颖倩佳欣怡悦蕾薇月春晓雅淑文秋桂凤巧彩"
RARE_NAMES = {  # with characters many fonts lack, a long name, a name with a dot; and whether a woman's
    "王𬴊": False,
    "李㛃": True,
    "阿依古丽·买买提": True,
    "陈𬭎": False,
    "欧阳䶮": False,
    "赵淼犇": False,
}
TITLES = {"三级教师": 0, "二级教师": 2, "一级教师": 8, "高级教师": 16, "正高级教师": 26}
TITLE_WEIGHTS = (1, 6, 10, 5, 0.2)
DEGREES = ("大专", "本科", "硕士研究生")
PEOPLES = ("汉族", "回族", "满族", "苗族", "土家族")
MOBILE_STARTS = ("130", "135", "138", "139", "150", "155", "158", "177", "180", "186", "189")


@dataclass(frozen=True)
class InventedPerson:
    """One invented teacher; `years` are full years of teaching, `continuing_number` is the 继教号."""

    name: str
    sex: str
    born_on: date
    id_number: str
    mobile: str
    email: str
    people: str
    stage: str
    subject: str
    post: str
    title: str
    degree: str
    years: int
    continuing_number: str


def invent_people(
    rng: random.Random,
    count: int,
    *,
    stage: str = "小学",
    today: date = date(2022, 4, 1),
    taken: set[str] | None = None,
    post: str = "教师",
    rare: Sequence[str] = (),
) -> list[InventedPerson]:
    """`count` people of one stage, the first of them under the names in `rare` (keys of RARE_NAMES).

    `taken` holds identity, mobile and continuing-education numbers already given and grows by the new ones,
    so that one set kept over several calls keeps a whole county free of doubles.
    """
    taken = set() if taken is None else taken
    return [
        _invent_person(rng, stage, today, taken, post, rare[number] if number < len(rare) else None)
        for number in range(count)
    ]


def _invent_person(
    rng: random.Random, stage: str, today: date, taken: set[str], post: str, name: str | None
) -> InventedPerson:
    is_woman = RARE_NAMES[name] if name else rng.random() < (0.97 if stage == "幼儿园" else 0.58)
    born_on = today - timedelta(days=rng.randint(int(22.5 * 365.25), int(59 * 365.25)))
    age = (today - born_on).days // 365.25
    years = max(0, int(age) - rng.choice((22, 22, 23, 23, 24, 26)))
    continuing = _unused(taken, lambda: f"3413242{rng.randrange(10**6):06d}")
    return InventedPerson(
        name=name or _name(rng, is_woman),
        sex="女" if is_woman else "男",
        born_on=born_on,
        id_number=_unused(taken, lambda: _id_number(rng, born_on, is_woman)),
        mobile=_unused(taken, lambda: f"{rng.choice(MOBILE_STARTS)}0000{rng.randrange(10**4):04d}"),
        email=f"t{continuing[-7:]}@example.com",
        people="维吾尔族" if name and "·" in name else rng.choices(PEOPLES, (96, 3, 0.4, 0.3, 0.3))[0],
        stage=stage,
        subject=_subject(rng, stage),
        post=post,
        title=_title(rng, years),
        degree=rng.choices(DEGREES, (4, 8, 0.5) if age < 45 else (6, 4, 0.1))[0],
        years=years,
        continuing_number=continuing,
    )


def _unused(taken: set[str], invent: Callable[[], str]) -> str:
    while (number := invent()) in taken:
        pass
    taken.add(number)
    return number


def _name(rng: random.Random, is_woman: bool) -> str:
    given = FEMALE_NAMES if is_woman else MALE_NAMES
    return rng.choice(FAMILY_NAMES) + "".join(rng.sample(given, rng.choice((1, 2, 2))))


def _id_number(rng: random.Random, born_on: date, is_woman: bool) -> str:
    order = rng.randrange(2 if is_woman else 1, 1000, 2)  # even for women, odd for men
    first = f"{REGION}{born_on:%Y%m%d}{order:03d}"
    return first + check_sign(first)


def _subject(rng: random.Random, stage: str) -> str:
    subjects = SUBJECTS[stage]
    return rng.choices(subjects, [6 if subject in ("语文", "数学") else 1.5 for subject in subjects])[0]


def _title(rng: random.Random, years: int) -> str:
    """A title its holder has taught long enough for."""
    open_to = [title for title, needed in TITLES.items() if needed <= years]
    return rng.choices(open_to, TITLE_WEIGHTS[: len(open_to)])[0]
