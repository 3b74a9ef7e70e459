"""What the demonstration county's teachers write about: lessons by subject, and texts composed of them."""

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A subject's lessons and the phrases its teachers use."""

    lessons: tuple[str, ...]
    goals: tuple[str, ...]
    difficulties: tuple[str, ...]
    activities: tuple[str, ...]


PHRASES: dict[str, Subject] = {
    "语文": Subject(
        ("《桂林山水》", "《背影》", "《草船借箭》", "《春》", "《圆明园的毁灭》"),
        ("抓住关键词句体会作者的情感", "有感情地朗读并积累优美语句", "学习按一定顺序描写景物的方法"),
        ("学生生活经历有限，难以体会文中的深层情感", "概括段意时语言啰唆，抓不住要点"),
        ("配乐朗读并录音互评", "圈画关键词后在屏幕上拖动归类", "小组合作续写并投屏展示"),
    ),
    "数学": Subject(
        ("《分数的初步认识》", "《圆的面积》", "《一次函数的图象》", "《三角形的内角和》", "《鸡兔同笼》"),
        ("经历探究过程，理解公式的由来", "能用数形结合的方法解决简单问题", "养成有条理地表达思考过程的习惯"),
        ("学生容易记住公式却说不清推导过程", "从具体数量抽象为数量关系存在困难"),
        ("用几何画板拖动图形观察变化", "动手剪拼并用展台投影说理", "平板完成分层练习并即时查看正确率"),
    ),
    "英语": Subject(
        ("My School Day", "At the Farm", "Weather around the World", "Shopping for Food"),
        ("能听懂、会说本课重点句型", "能在情境中运用所学词汇交流", "能写出五句以上的小短文"),
        ("学生开口机会少，语音语调不够自然", "写作时词汇匮乏，句式单一"),
        ("跟读配音并由软件即时评分", "看动画猜情节后分角色表演", "小组采访并录制短视频"),
    ),
    "物理": Subject(
        ("《光的折射》", "《浮力》", "《电流与电压的关系》"),
        ("通过实验归纳规律并能解释生活现象", "会用传感器采集数据并绘制图象"),
        ("实验现象转瞬即逝，后排学生看不清", "学生常把结论当作公式死记"),
        ("慢动作回放实验过程", "用仿真实验改变条件反复验证", "现场采集数据生成图象并讨论"),
    ),
    "信息科技": Subject(
        ("《认识算法》", "《数据的收集与整理》", "《制作演示文稿》", "《网络安全小卫士》"),
        ("能用流程图描述解决问题的步骤", "能辨别信息真伪并保护个人信息"),
        ("学生操作水平差异较大", "学生容易停留在操作，缺少思考"),
        ("闯关任务单自主学习", "同伴互助调试并记录过程", "作品上传班级空间互评"),
    ),
    "科学": Subject(
        ("《种子的萌发》", "《简单电路》", "《水的三态变化》"),
        ("能提出可以探究的问题并设计对比实验", "能如实记录并用图表整理观察结果"),
        ("观察周期长，学生难以坚持记录", "学生易把猜想当作结论"),
        ("用延时摄影观察变化", "小组分工实验并拍照记录", "用图表汇总全班数据并讨论差异"),
    ),
    "幼儿综合": Subject(
        ("《小蝌蚪找妈妈》", "《有趣的影子》", "《春天的颜色》"),
        ("愿意在集体面前大胆表达", "对身边的事物保持好奇并乐于探索"),
        ("幼儿注意力持续时间短", "个别幼儿不愿参与集体活动"),
        ("看动画听故事并分角色游戏", "触摸屏幕给小动物找家", "拍下作品与家长分享"),
    ),
}
OTHER = Subject(
    ("《家乡的变化》", "《我们的节日》", "《丝绸之路》", "《合作与分享》"),
    ("联系生活实际理解本课主要内容", "能够搜集资料并有条理地表达观点"),
    ("课本内容与学生生活有距离", "学生搜集的资料较多而不会筛选"),
    ("观看微视频后完成任务单", "小组整理资料制作展板并投屏交流", "用投票工具表达观点并说明理由"),
)
TOOLS = (
    "希沃白板",
    "班级优化大师",
    "问卷星",
    "智慧课堂平板",
    "思维导图软件",
    "国家中小学智慧教育平台",
    "电子展台",
)
CLASSES = ("三（1）班", "四（2）班", "五（3）班", "六（1）班", "七（2）班", "八（4）班")
GENRES = ("教学设计", "教学反思", "应用案例")


def lesson_of(subject: str, rng: random.Random) -> str:
    """The title of one lesson of the subject; subjects without lessons of their own share some."""
    return rng.choice(PHRASES.get(subject, OTHER).lessons)


def compose(subject: str, point_name: str, rng: random.Random, genre: str = "") -> tuple[str, list[str]]:
    """Title and paragraphs of a text about one lesson under one point; an empty `genre` is chosen."""
    genre = genre or rng.choice(GENRES)
    phrases = PHRASES.get(subject, OTHER)
    lesson = rng.choice(phrases.lessons)
    body = _reflection if "反思" in genre or "体会" in genre else _design
    title = f"{subject}{lesson}{genre}"
    return title, [f"微能力点：{point_name}", *body(phrases, lesson, point_name, rng)]


def _design(phrases: Subject, lesson: str, point_name: str, rng: random.Random) -> list[str]:
    tool, other_tool = rng.sample(TOOLS, 2)
    goal, difficulty = rng.choice(phrases.goals), rng.choice(phrases.difficulties)
    first, second = rng.sample(phrases.activities, 2)
    share = rng.randint(62, 88)
    return [
        f"一、学情分析。课前通过{tool}对{rng.choice(CLASSES)}{rng.randint(32, 52)}名学生进行调查，"
        f"{share}%的学生对{lesson}已有一定了解，但{difficulty}，这是本课需要突破的地方。",
        f"二、教学目标。1．{goal}。2．在合作交流中学会倾听与表达。3．体会信息技术给学习带来的便利，增强学习信心。",
        f"三、重点难点。重点是{goal}；难点在于{difficulty}。",
        f"四、教学过程。（一）情境导入（{rng.randint(3, 6)}分钟）：播放自制短片，引出{lesson}，提出核心问题。"
        f"（二）探究新知（{rng.randint(14, 20)}分钟）：{first}，教师巡视并利用{other_tool}记录各组表现。"
        f"（三）巩固提升（{rng.randint(8, 12)}分钟）：{second}，根据反馈数据及时点拨。"
        "（四）总结延伸：师生共同梳理知识结构，布置分层作业。",
        f"五、技术应用说明。本课围绕“{point_name}”，用{tool}呈现学习材料，用{other_tool}收集课堂反馈，"
        "技术服务于目标达成，不为展示而展示；若遇网络故障，改用纸质任务单。",
        "六、学习评价。采用学生自评、小组互评与教师评价相结合的方式，从参与、合作、成果三个方面各设三个等级。",
    ]


def _reflection(phrases: Subject, lesson: str, point_name: str, rng: random.Random) -> list[str]:
    tool = rng.choice(TOOLS)
    before = rng.randint(48, 66)
    after = before + rng.randint(14, 28)
    first, second = rng.sample(phrases.activities, 2)
    return [
        f"在{rng.choice(CLASSES)}执教{lesson}后，我对照“{point_name}”的要求，回看课堂实录并查看{tool}记录的数据，"
        "对本课作如下反思。",
        f"一、成功之处。本课安排学生{first}，参与面明显扩大；课前测正确率为{before}%，课后测达到{after}%，"
        f"说明“{rng.choice(phrases.goals)}”这一目标基本达成。",
        f"二、不足之处。{rng.choice(phrases.difficulties)}的问题没有完全解决，{second}这一环节用时偏长，"
        f"最后{rng.randint(3, 8)}名学生未能完成任务。",
        f"三、改进措施。今后将把任务单提前一天发给学生，教师示范控制在{rng.randint(3, 5)}分钟以内；"
        f"利用{tool}的分组功能为学习有困难的学生推送补充材料。",
        "四、收获。技术只有与学科目标结合才有价值。教研组同伴听课后建议保留数据对比环节，我将在下一轮教学中继续打磨。",
    ]
