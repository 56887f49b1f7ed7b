"""What a clause leaves unsaid in the name of a value comes from the clauses before it."""

from __future__ import annotations

import re

from kg.extract.case_series import class_of
from kg.extract.indicator_clauses import Slot
from kg.extract.indicator_names import Naming
from kg.extract.indicator_quantities import Quantity
from kg.extract.indicator_state import State, case_of, in_holder, topic_of
from kg.extract.indicator_words import Words

__all__ = ["completed", "in_context", "with_total"]

_OF_DEEDS = frozenset({"涉及", "惠及", "带动"})
_OF_WHAT = re.compile(r"(?<=.{4})(?:涉及|惠及|带动)")
_SUFFIX = re.compile(r"(?:金额|数量|批次|人次|人数|数|量)\Z")
_CHOSEN = re.compile(r"(?:入选|入围|上榜|获奖|获评|获选)[^，]{0,4}\Z")
#: What a loan was given for is told with the count before it: 办理专利质押登记12笔，…获得贷款3亿元.
_LOAN = re.compile(
    r"(?:帮助|助力|支持)?[^，]{0,6}?(?:获得?|取得|实现|发放|授予|获批)?(?:银行)?(?:贷款|融资|授信)(?:总?额|金额|规模)?\Z"
)
_PLEDGED = re.compile(r"(?:专利|商标|知识产权|版权|著作权|地理标志)(?:专用)?权?[^，、]{0,4}?质押")
_QUOTED = re.compile(r"“[^“”]{2,16}”(?!等)[^“”、]{2,10}")
#: 进口261亿元、出口54亿元，逆差207亿元: of what was told before.
_TRADE = re.compile(r"(?:进出口|出口|进口|顺差|逆差)(?:总?[额值]|金额)?\Z")
_ORIGIN = re.compile(r"(?:国家|国家和地区|地区|省份|省|省市|城市|高校|单位|企业)数")
_GATHERING = re.compile(r"(?:培训班|研修班|培训|讲座|论坛|活动|项目|研讨会|讲堂|课程|竞赛|大赛)\Z")
#: What a list of several classes was told to hold of one of them.
_GOT, _LISTS = re.compile(r"(获评|获批|入选|入围|列入|获认定为)([\u4e00-\u9fff]{3,12}?)数"), ("名单", "名录")
_YEAR = re.compile(r"\A\d{4}年(?:度)?")
_HOLDS, _GATHERINGS = frozenset({"举办", "召开", "承办", "主办"}), ("班", "会", "论坛", "赛", "讲座")
#: Who came to what was held, by whatever they are called: 各市骨干参训人数.
_CAME = re.compile(r"(?:参训|参会|参加|与会|出席|到会|参赛)人[数次]\Z")
_PEOPLE = frozenset({"人次", "人", "余人"})
_FILED = ("立案数", "结案数", "破案数", "撤案数")
_CASES = frozenset({"件", "起", "宗"})
#: They have their object in themselves.
_CASE_DEEDS = frozenset({"立案", "结案", "破案", "撤案"})
#: 涉案货值, 罚没款: of cases, not of those that were inspected.
_OF_CASES = ("涉案", "案值", "罚没", "罚款")


def with_total(slot: Slot, naming: Naming, name: str, state: State) -> str:
    """The name with 累计 where the text has it and the name has not."""
    if "累计" in name or "累计" not in slot.left or not state.scope.cumulative:
        return name
    if naming.tail and name.endswith(naming.tail):
        return f"{name.removesuffix(naming.tail)}累计{naming.tail}"
    at = len(naming.subject) if name.startswith(naming.subject) else 0
    return f"{name[:at]}累计{name[at:]}"


def completed(slot: Slot, naming: Naming, state: State, words: Words) -> str:
    """The name of a value, what it leaves unsaid taken from what stood before; empty when nothing names it."""
    quantity = slot.quantity
    if state.among and slot.right and slot.left.strip("，其中已共") in ("有", ""):  # 17个项目中，有12个列为优先事项
        return f"{slot.right}的{state.among}{quantity.suffix}"
    if quantity.kind == "money" and len(naming.text) < 9 and (traded := _traded(naming, state)):
        return traded
    if naming.rule == "indicator.inherited":
        return _inherited(slot, naming, state, words)
    if naming.rule == "indicator.subject" and naming.bare and state.event:
        return f"{state.event}{naming.text}"
    if quantity.kind == "money" and (case := case_of(state.lead)):
        return case + naming.text
    if "案”" in naming.text:  # 其中“甲诉乙案”判赔90万元: no part of what was counted before
        return naming.text
    if state.part and _is_part(naming, state):
        return _part(slot, naming, state, words)
    if naming.bare and naming.rule == "indicator.measure":
        return _bare(naming, quantity, state, words)
    if naming.rule == "indicator.object" and not naming.verb and state.tail and quantity.kind == "case":
        return naming.stem if naming.stem.endswith(state.tail) else naming.stem + state.tail
    if naming.rule == "indicator.object" and not naming.stem:
        topic = "" if quantity.base in _PEOPLE else topic_of(state.object, words)
        before = state.drafts[-1].quantity.base if state.drafts else ""
        if before == quantity.base and state.stem and len(state.stem) <= 16 and naming.verb:
            # 发布标准47项，废止12项: what is done to the same things.
            return naming.verb + state.stem + quantity.suffix
        about = (topic or (state.stem if state.drafts else "")) if len(naming.verb) < 4 else ""
        about = "" if state.held and quantity.base in _PEOPLE else about
        return (about if len(about) <= 16 else "") + naming.text
    return naming.text


def _alone(naming: Naming, state: State, base: str) -> bool:
    """True for a measure that is not one of what was counted before: 86家企业参展，展出面积…; 检查480家，立案23起，涉案…."""
    if base == "平方米" and state.drafts and state.drafts[-1].quantity.base in ("家", "名", "个"):
        return True
    return naming.text.startswith(_OF_CASES) and any(d.name.endswith(_FILED) for d in state.drafts[-3:])


def _bare(naming: Naming, quantity: Quantity, state: State, words: Words) -> str:
    """The name of a value whose clause names a measure alone (营业收入2250亿元)."""
    topic = state.stem if state.drafts and not state.lead else topic_of(state.lead, words)
    if _alone(naming, state, quantity.base):
        return naming.text
    inside = in_holder(state, naming.text) != naming.text
    people = quantity.kind == "money" and bool(state.drafts) and state.drafts[-1].quantity.base in ("名", "位")
    if inside or ((quantity.kind == "ratio" or people) and state.held):
        return naming.text
    if quantity.kind == "money" and "、" in topic:
        return naming.text
    if quantity.kind == "money" and state.drafts and state.drafts[-1].quantity.base in _PEOPLE:
        # 机构7.2万家，从业人员86万人，营业收入2250亿元: not the staff has the income.
        owners = [_SUFFIX.sub("", d.name) for d in state.drafts if d.quantity.base not in _PEOPLE]
        return (owners[0] if owners and len(owners[0]) <= 16 else "") + naming.text
    if words.measures(topic):
        # 经费投入1237亿元，投入强度2.19%: the strength of that input.
        same = len(naming.text) > 3 and topic.endswith(naming.text[:2])
        return topic + naming.text[2:] if same else naming.text
    if quantity.kind == "money" and state.drafts and _OF_WHAT.search(state.drafts[-1].name):
        return naming.text
    return (topic or (state.stem if len(naming.text) <= 4 and state.drafts else "")) + naming.text


def _traded(naming: Naming, state: State) -> str:
    """Exports or imports with whose trade a value before has told, or ""."""
    trade = _TRADE.search(naming.text)
    before = state.drafts[:-4:-1] if trade else ()
    told = next((at for d in before if (at := _TRADE.search(d.name)) and at.start() > 1), None)
    return told.string[: told.start()] + naming.text[trade.start() :] if told and trade else ""


def in_context(name: str, slot: Slot, naming: Naming, state: State, words: Words) -> str:
    """The name with the event, the named body or the deed that the sentence tells it of, when it has none itself."""
    before = state.drafts[-1] if state.drafts else None
    if before and naming.verb in _OF_DEEDS and slot.left.startswith(naming.verb):
        deed = _SUFFIX.sub("", before.name)
        deed = deed if len(deed) <= 20 or not state.stem else state.stem
        if 4 <= len(deed) <= 20 and not state.part:
            return deed + name
    loan = _LOAN.match(name) if before and slot.quantity.kind == "money" else None
    pledged = next((m for d in state.drafts[:-4:-1] if (m := _PLEDGED.search(d.name))), None) if loan else None
    if pledged:
        return pledged.group() + name
    paid = slot.quantity.kind == "money" and len(name) <= 6
    cases = next((d for d in state.drafts[:-4:-1] if d.quantity.kind != "money"), None) if paid else None
    if cases and cases.quantity.base in _CASES and not cases.name.endswith(_FILED):
        deed = state.stem if cases is before else _SUFFIX.sub("", cases.name)
        deed = _OF_WHAT.split(cases.name)[0] if _OF_WHAT.search(cases.name) else deed
        if 2 < len(deed) <= 20 and not name.startswith(deed) and ("、" not in deed or deed.endswith("案件")):
            held = state.held if _QUOTED.fullmatch(state.held) and state.held not in deed else ""
            return held + deed + name
    if before and slot.left.endswith("来自") and _ORIGIN.fullmatch(name):
        whose = _SUFFIX.sub("", before.name)
        return f"{whose}来源{name}" if len(whose) <= 16 else name
    if state.holder and (inside := _of_list(name, state.holder) or in_holder(state, name)) != name:
        return inside
    if (
        naming.rule in ("indicator.subject", "indicator.counted")
        and state.lead
        and not state.held
        and _CHOSEN.match(name)
    ):
        return topic_of(state.lead, words) + name
    measured = naming.rule in ("indicator.measure", "indicator.inherited")
    reach = 20 if slot.quantity.base in _PEOPLE and _CAME.search(name) else state.reach
    if (
        state.held
        and not _another(naming, state)
        and len(name) <= (6 if measured and not _QUOTED.fullmatch(state.held) else reach)
        and state.held not in name
    ):
        return state.held + name
    gathering = _of_gathering(name, slot, state)
    if gathering:
        return gathering + name
    if state.actor and state.actor not in name:
        return state.actor + name
    return name


def _of_list(name: str, holder: str) -> str:
    """获评优势企业数 as 获评国家优势企业数, when the list told before is that of 国家示范企业和优势企业; else ""."""
    got = _GOT.fullmatch(name) if holder.endswith(_LISTS) else None
    full = class_of(holder, got[2]) if got else ""
    return f"{got[1]}{_YEAR.sub('', full)}数" if got and full else ""


def _another(naming: Naming, state: State) -> bool:
    """True for what was held beside the gathering that the sentence told before (举办某对接会，随后举办两期某班)."""
    held = naming.verb in _HOLDS and naming.stem.endswith(_GATHERINGS)
    return held and state.held.endswith(_GATHERINGS)


def _of_gathering(name: str, slot: Slot, state: State) -> str:
    """What those who were trained took part in: 举办某培训班9期，培训570人次; "" when that is not told."""
    before = state.drafts[-1] if state.drafts else None
    if before is None or slot.quantity.base not in _PEOPLE or len(name) > 6 or before.quantity.kind == "people":
        return ""
    told = re.split("精神|的", state.stem)[-1]
    return told if _GATHERING.search(told) and 3 <= len(told) <= 20 and told not in name else ""


def _is_part(naming: Naming, state: State) -> bool:
    """A value that divides the whole told before: it brings no verb of its own."""
    return bool(state.stem) and not naming.verb and naming.rule in (
        "indicator.object", "indicator.flow", "indicator.measure",
    )  # fmt: skip


def _inherited(slot: Slot, naming: Naming, state: State, words: Words) -> str:
    """The clause names nothing itself: 累计125家, 达到125.5分, 6.9万件来自国内."""
    if naming.stem and in_holder(state, naming.stem) != naming.stem:
        return naming.stem + slot.quantity.suffix
    plain = slot.quantity.suffix in ("数", "")
    suffix = state.tail if state.tail and plain else slot.quantity.suffix
    topic = state.stem
    if state.lead or not topic:
        topic = topic_of(state.lead, words) or topic
        if state.lead:
            suffix = slot.quantity.suffix
        if state.part and state.stem and state.stem not in topic:
            topic = state.stem + topic
    if not topic:
        return ""
    before = state.drafts[-1] if naming.verb in _CASE_DEEDS and state.drafts else None
    if before and (before.quantity.base not in _CASES or before.name.endswith(_FILED)):
        topic = ""  # 检查市场主体480家，立案23起: it is no subject of the market that is filed
    if naming.verb:
        return f"{topic}{naming.verb}{'量' if slot.quantity.kind == 'case' else slot.quantity.suffix}"
    return f"{naming.stem}的{topic}{suffix}" if naming.stem else f"{topic}{suffix}"


def _part(slot: Slot, naming: Naming, state: State, words: Words) -> str:
    """A part of the value before (其中发明专利申请21.6万件); of the last of its own unit, when that before has another
    (审结6105件，平均审理天数148天。其中涉外案件562件)."""
    stem, tail = state.stem, state.tail
    wholes = [d for d in (*state.values[-24:], *state.drafts[-24:]) if not d.share]
    same = [d for d in wholes if d.quantity.base == slot.quantity.base]
    apart = wholes[-1].quantity.kind if wholes else ""
    if same and apart in ("time", "money") and apart != slot.quantity.kind:
        end = _SUFFIX.search(same[-1].name)
        stem, tail = (same[-1].name[: end.start()], end.group()) if end else (same[-1].name, "")
    if slot.left.endswith("的") and not slot.right and state.measure and naming.stem:
        # 其中输出到省外的762亿元: what is not named is the whole.
        return f"{naming.stem}的{state.measure}"
    text = naming.text
    if tail and not text.endswith(tail) and naming.rule == "indicator.object":
        text = naming.stem + tail
    if naming.rule == "indicator.object" and not slot.right and naming.stem:
        if slot.quantity.base in ("名", "人", "人次", "位") and state.deed and not words.actor.search(naming.stem):
            return f"{state.deed}{naming.stem}{stem}{slot.quantity.suffix}"  # 培训审查员86名，其中某国38名
        if len(naming.stem) < 4 and stem.endswith(("案件", "申请", "登记")):
            return f"{naming.stem}{stem}{tail or slot.quantity.suffix}"  # 一审案件30件，民事20件、行政10件
    own = len(naming.stem) > 3 if naming.rule == "indicator.object" else len(text) > 5
    if ("、" in stem and own) or (state.deed and len(naming.stem) > 3 and naming.stem.endswith(stem[-2:])):
        # 配置各类文献资源138种，其中专利资源7种: the part has the noun of the whole.
        return state.deed + text if naming.rule == "indicator.object" and "的" not in stem else text
    alike = any(stem[i : i + 4] in text for i in range(max(1, len(stem) - 3)))
    return text if alike else f"{stem}{text}"
