"""The schools of the demonstration county: real township names of Si County, everything else invented."""

from dataclasses import dataclass
from typing import Literal

COUNTY_CODE = "341324"
COUNTY_NAME = "泗县"
COUNTY_SLUG = "sixian"

Category = Literal["幼儿园", "小学", "初中", "九年一贯制学校", "教学点"]
Area = Literal["城区", "镇区", "乡村"]

KINDS: dict[Category, str] = {
    "幼儿园": "kindergarten",
    "小学": "primary",
    "教学点": "primary",
    "初中": "junior",
    "九年一贯制学校": "nine-year",
}


@dataclass(frozen=True)
class School:
    """One school; `above` is the slug of its central school, `environments` a subset of "ABC".

    `stage` is the one its teachers mainly teach (as the roster writes it), `kind` the value the portal keeps.
    """

    slug: str
    code: str
    name: str
    township: str
    category: Category
    stage: str
    area: Area
    environments: str
    is_rural: bool
    head_post: str = "校长"
    is_central: bool = False
    above: str | None = None
    teachers: int = 30

    @property
    def kind(self) -> str:
        return KINDS[self.category]


SCHOOLS: tuple[School, ...] = (
    School(
        slug="caogou-zhongxin",
        code="3413240101",
        name="泗县草沟镇中心学校",
        township="草沟镇",
        category="小学",
        stage="小学",
        area="镇区",
        environments="AB",
        is_rural=True,
        is_central=True,
        teachers=46,
    ),
    School(
        slug="caogou-yugou",
        code="3413240102",
        name="泗县草沟镇于沟小学",
        township="草沟镇",
        category="小学",
        stage="小学",
        area="乡村",
        environments="A",
        is_rural=True,
        above="caogou-zhongxin",
        teachers=14,
    ),
    School(
        slug="caogou-qinqiao",
        code="3413240103",
        name="泗县草沟镇秦桥教学点",
        township="草沟镇",
        category="教学点",
        stage="小学",
        area="乡村",
        environments="A",
        is_rural=True,
        head_post="负责人",
        above="caogou-zhongxin",
        teachers=3,
    ),
    School(
        slug="sicheng-shiyan",
        code="3413240104",
        name="泗县泗城镇实验小学",
        township="泗城镇",
        category="小学",
        stage="小学",
        area="城区",
        environments="ABC",
        is_rural=False,
        teachers=118,
    ),
    School(
        slug="sicheng-youeryuan",
        code="3413240105",
        name="泗县泗城镇中心幼儿园",
        township="泗城镇",
        category="幼儿园",
        stage="幼儿园",
        area="城区",
        environments="AB",
        is_rural=False,
        head_post="园长",
        teachers=26,
    ),
    School(
        slug="sicheng-chuzhong",
        code="3413240106",
        name="泗县泗城镇初级中学",
        township="泗城镇",
        category="初中",
        stage="初中",
        area="城区",
        environments="ABC",
        is_rural=False,
        teachers=132,
    ),
    School(
        slug="huangwei-zhongxin",
        code="3413240107",
        name="泗县黄圩镇中心学校",
        township="黄圩镇",
        category="小学",
        stage="小学",
        area="镇区",
        environments="AB",
        is_rural=True,
        is_central=True,
        teachers=38,
    ),
    School(
        slug="dazhuang-chuzhong",
        code="3413240108",
        name="泗县大庄镇初级中学",
        township="大庄镇",
        category="初中",
        stage="初中",
        area="镇区",
        environments="AB",
        is_rural=True,
        teachers=64,
    ),
    School(
        slug="shantou-zhongxin",
        code="3413240109",
        name="泗县山头镇中心学校",
        township="山头镇",
        category="小学",
        stage="小学",
        area="镇区",
        environments="A",
        is_rural=True,
        is_central=True,
        teachers=33,
    ),
    School(
        slug="dinghu-jiunian",
        code="3413240110",
        name="泗县丁湖镇九年一贯制学校",
        township="丁湖镇",
        category="九年一贯制学校",
        stage="初中",
        area="镇区",
        environments="AB",
        is_rural=True,
        teachers=52,
    ),
    School(
        slug="heita-zhongxue",
        code="3413240111",
        name="泗县黑塔镇中学",
        township="黑塔镇",
        category="初中",
        stage="初中",
        area="镇区",
        environments="ABC",
        is_rural=True,
        teachers=71,
    ),
    School(
        slug="pingshan-zhongxin",
        code="3413240112",
        name="泗县屏山镇中心学校",
        township="屏山镇",
        category="小学",
        stage="小学",
        area="镇区",
        environments="AB",
        is_rural=True,
        is_central=True,
        teachers=41,
    ),
)

TOWNSHIPS: tuple[tuple[str, str], ...] = (
    ("刘圩镇", "liuwei"),
    ("大路口镇", "dalukou"),
    ("长沟镇", "changgou"),
    ("墩集镇", "dunji"),
    ("瓦坊镇", "wafang"),
    ("草庙镇", "caomiao"),
    ("大杨镇", "dayang"),
)
VILLAGE_FIRST = (
    ("东", "dong"),
    ("西", "xi"),
    ("南", "nan"),
    ("北", "bei"),
    ("新", "xin"),
    ("大", "da"),
    ("小", "xiao"),
)
VILLAGE_FAMILY = (
    ("王", "wang"),
    ("李", "li"),
    ("张", "zhang"),
    ("陈", "chen"),
    ("周", "zhou"),
    ("魏", "wei"),
)


def scaled(n: int) -> list[School]:
    """`n` schools: those of SCHOOLS, then numbered ones of invented villages. Same `n`, same schools."""
    return [*SCHOOLS[:n], *(_village_school(number) for number in range(1, n - len(SCHOOLS) + 1))]


def _village_school(number: int) -> School:
    township, slug = TOWNSHIPS[number % len(TOWNSHIPS)]
    first, first_slug = VILLAGE_FIRST[number // len(TOWNSHIPS) % len(VILLAGE_FIRST)]
    family, family_slug = VILLAGE_FAMILY[number % len(VILLAGE_FAMILY)]
    is_secondary = number % 5 == 0
    return School(
        slug=f"{slug}-{first_slug}{family_slug}-{number}",
        code=f"34132402{number:04d}",
        name=f"泗县{township}{first}{family}庄第{number}{'初级中学' if is_secondary else '小学'}",
        township=township,
        category="初中" if is_secondary else "小学",
        stage="初中" if is_secondary else "小学",
        area="乡村",
        environments=("A", "AB", "A", "ABC")[number % 4],
        is_rural=True,
        teachers=8 + number * 7 % 40,
    )
