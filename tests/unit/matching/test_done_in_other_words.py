"""Pairs of a goal and an outcome in other words, and near misses of each kind."""

from __future__ import annotations

import pytest

from tests.unit.matching.sketch import links

# What a word for loss, order or a beginning says depends on what stands beside it.
DONE = [
    ("更新课桌椅600套。", "老旧课桌椅淘汰更换612套。", "612套"),
    ("更换饮水机25台。", "旧饮水机淘汰换新25台。", "25台"),
    ("更新公交车20辆。", "淘汰老旧公交车20辆。", ""),
    ("更换广场健身器材40件。", "广场报废健身器材40件。", ""),
    ("新增电子图书900册。", "资源平台上架电子图书930册。", "930册"),
    ("推介文创产品20款。", "文创产品上架22款。", "22款"),
    ("添置图书3000册。", "图书上架整理3000册。", ""),
    ("推出骑行线路5条。", "骑行线路策划成熟并推出4条。", "4条"),
    ("推出骑行线路5条。", "策划骑行线路5条。", ""),
    ("档案开放鉴定2万件。", "完成档案开放审核2.1万件。", "2.1万件"),
    ("鉴定档案2万件。", "审核档案目录2.1万条。", ""),
    ("招募护林员40名。", "护林员签约41名。", "41名"),
    ("资助青年剧目6部。", "青年剧目签约6部。", "6部"),
    ("引进项目8个。", "项目签约8个。", ""),
]
# All of a kind, where the goal names several of the kind or only where they are.
ALL_OF_A_KIND = [
    ("举办篮球、足球、羽毛球赛12场。", "各类球赛共办了13场。", "13场"),
    ("举办音乐、舞蹈、戏剧专场10场。", "各类专场演出共计11场。", "11场"),
    ("举办音乐专场10场。", "各类专场共计30场。", ""),
    ("安装景区标识牌90块。", "各类标识标牌立起来96块。", "96块"),
    ("安装森林防火标识牌90块。", "各类标识标牌立起来96块。", ""),
]
OTHER_NAMES = [
    ("举办主体班次18个。", "举办各类主体班20期。", "20期"),
    ("培育科技型企业18个。", "举办各类主体班20期。", ""),
    ("学员对课程评价优良率96%。", "学员测评优良率97.5%。", "97.5%"),
    ("课程优良率96%。", "学员测评满意率97.5%。", ""),
]


@pytest.mark.parametrize(
    ("goal", "outcome", "answer"), [*DONE, *ALL_OF_A_KIND, *OTHER_NAMES]
)
def test_only_what_was_done_answers(goal: str, outcome: str, answer: str) -> None:
    assert [told for told, _ in links(goal, outcome).values()] == (
        [answer] if answer else []
    )
