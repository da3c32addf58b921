"""Who goes after a bad thing wants to have done more of it."""

from __future__ import annotations

import pytest

import pipeline

CASES = [
    ("清退违规转租户40户。", "清退违规转租户52户。", "exceeded"),
    ("曝光违规商家30家。", "曝光违规商家36家。", "exceeded"),
    ("查扣违规电动车200辆。", "查扣违规电动车231辆。", "exceeded"),
    ("下架违规商品300件。", "下架违规商品342件。", "exceeded"),
    ("侦破事故逃逸案12起。", "侦破事故逃逸案14起。", "exceeded"),
    ("拦截违规电话5万次。", "拦截违规电话6.1万次。", "exceeded"),
    ("清退超标准用房9间，腾退违规占用公房20套。", "腾退违规占用公房23套。", "exceeded"),
    ("通报违规单位6家。", "通报违规单位5家。", "shortfall"),
    ("注销违规网站30个。", "注销违规网站33个。", "exceeded"),
    ("揭示违规问题40个。", "揭示违规问题47个。", "exceeded"),
    ("发现违规线索40条。", "发现违规线索47条。", "exceeded"),
    ("违规转租5户。", "违规转租2户。", "met"),
    ("年内火灾12起。", "火灾9起。", "met"),
    ("有效投诉20件。", "有效投诉12件。", "met"),
    ("清退后违规转租5户。", "违规转租8户。", "shortfall"),
    ("因违规被通报3次。", "因违规被通报5次。", "shortfall"),
    ("违规被通报3次。", "违规被通报5次。", "shortfall"),
    ("安全事故死亡3人。", "安全事故死亡4人。", "shortfall"),
    # what is there against a bad thing
    ("新建污染物暂存设施3套。", "污染物暂存设施2套已投用。", "shortfall"),
    ("设置投诉意见箱20个。", "设置投诉意见箱18个。", "shortfall"),
    ("更新火灾报警器300个。", "更新火灾报警器312个。", "exceeded"),
    ("违规企业5家。", "违规企业3家。", "met"),
    ("投诉数量10件。", "投诉数量8件。", "met"),
    # who offends again, and who is caught
    ("再犯罪率0.2%。", "再犯罪率0.15%。", "met"),
    ("民转刑案件2件。", "民转刑案件3件。", "shortfall"),
    ("破获命案5起。", "破获命案6起。", "exceeded"),
    ("追缴欠薪300万元。", "追缴欠薪320万元。", "exceeded"),
]


@pytest.mark.parametrize(("goal", "outcome", "verdict"), CASES)
def test_the_deed_tells_whether_less_is_better(
    goal: str, outcome: str, verdict: str
) -> None:
    record = pipeline.analyze(goal_text=goal, outcome_text=outcome)
    assert [k.verdict for k in record.links if k.outcomes] == [verdict]


@pytest.mark.parametrize(
    ("goal", "outcome", "verdict"),
    [
        # By how much a time was cut: the more the better.
        ("平均办结时限压缩40%。", "平均办结时限压缩43%。", "exceeded"),
        ("压缩许可审批时限40%。", "许可审批时限压缩36%。", "shortfall"),
        ("排队时间缩短8分钟。", "排队时间平均缩短9分钟。", "exceeded"),
        ("许可时限达标率95%。", "许可时限达标率97%。", "exceeded"),
        ("压缩排队时间15分钟。", "排队时间压缩12分钟。", "shortfall"),
        ("减少一般事故10起。", "一般事故减少8起。", "shortfall"),
        # By how much a cost fell.
        ("降低单位成本3%。", "单位成本下降2.6%。", "shortfall"),
        ("亩均降低成本20元。", "亩均成本降低16元。", "shortfall"),
        ("每亩降低成本20元。", "每亩成本降低24元。", "exceeded"),
        ("户均节约电费300元。", "户均节约电费260元。", "shortfall"),
        # The verb may stand before its thing in the goal and behind it in the outcome.
        ("压减会议20%以上。", "全年会议压减26%。", "exceeded"),
        ("减少用水10%。", "用水量减少8%。", "shortfall"),
        ("提高亩产5%。", "亩产提高6%。", "exceeded"),
        ("增加农民收入8%。", "农民收入增加7.1%。", "shortfall"),
        ("提高入学率95%。", "入学率96%。", "exceeded"),
        # To how much: the less the better.
        ("许可时限压缩至4个工作日。", "许可时限压缩至3个工作日。", "met"),
        ("许可时限压缩到4个工作日。", "许可时限压缩到5个工作日。", "shortfall"),
        ("许可压缩后时限4个工作日。", "许可压缩后时限5个工作日。", "shortfall"),
    ],
)
def test_by_how_much_and_to_how_much(goal: str, outcome: str, verdict: str) -> None:
    record = pipeline.analyze(goal_text=goal, outcome_text=outcome)
    assert [k.verdict for k in record.links if k.outcomes] == [verdict]


@pytest.mark.parametrize(
    ("goal", "outcome"),
    [
        # What is only of a thing that is to come.
        ("举办讲座12场。", "已签订12场讲座的合同。"),
        ("举办讲座12场。", "完成12场讲座的方案设计。"),
        ("加固水窖12座。", "完成12座水窖的选址。"),
        ("建成日间照料中心5个。", "5个日间照料中心主体完工。"),
        # How many there are, for how many are to come.
        ("发展会员300名。", "会员由974名增加到1260名。"),
        ("培育规上企业30家。", "规上企业增至132家。"),
        # What is left of a rate.
        ("满意度达到95%。", "不满意率5%。"),
        ("疫苗覆盖率98%。", "疫苗未覆盖率2%。"),
    ],
)
def test_what_is_no_answer(goal: str, outcome: str) -> None:
    record = pipeline.analyze(goal_text=goal, outcome_text=outcome)
    assert not [k for k in record.links if k.outcomes]


@pytest.mark.parametrize(
    ("goal", "outcome", "verdict"),
    [
        ("编制讲座方案12份。", "讲座方案编制12份。", "met"),
        ("加固水窖12座。", "完成12座水窖的加固。", "met"),
        ("完成水窖选址12处。", "完成12处水窖的选址。", "met"),
        ("建设暖棚3600平方米。", "暖棚2400平方米主体完工。", "shortfall"),
        ("建成食堂5座。", "5座食堂已建成投用。", "met"),
        ("不合格率低于2%。", "不合格率1.2%。", "met"),
        ("会员增加到1200名。", "会员由974名增加到1260名。", "exceeded"),
        ("发展会员总数达1200名。", "会员增加到1260名。", "exceeded"),
    ],
)
def test_what_is_an_answer_all_the_same(goal: str, outcome: str, verdict: str) -> None:
    record = pipeline.analyze(goal_text=goal, outcome_text=outcome)
    assert [k.verdict for k in record.links if k.outcomes] == [verdict]
