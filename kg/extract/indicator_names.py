"""What a quantity measures, named in the words of its clause."""

from __future__ import annotations

import re

from kg.extract.indicator_clauses import Slot
from kg.extract.indicator_ends import MARK, listed_firms, straight, strip_lead, strip_tail, tidy, verbs_behind
from kg.extract.indicator_left_out import left_out, of_which, partners, taught_in
from kg.extract.indicator_nouns import CHOSEN, HELD_ENDS, TAKES_PLACE, co_issues, handled, plain, thing, turned
from kg.extract.indicator_signs import LEFT_OUT
from kg.extract.indicator_words import Verb, Words
from kg.model.frozen import Frozen

__all__ = ["Naming", "main_verb", "name_slot", "split_predicate"]

_BRACKET = re.compile(r"[（(][^（）()]{0,40}[）)]")
_GENERIC_PART = re.compile(r"(?:来华|线上|线下|现场)?(?:参加|出席|参与|与会|参训|参会|报名|参赛)[^，]{0,5}\Z")
_BODY = re.compile(r"(?:局|部|院|委|厅|会|省|市|处|司|所)\Z")
_WITH = re.compile(r"会同|联合|通过|围绕|依托|面向|针对|根据|按照|结合")
_INCLUDING = re.compile(r"包括.{1,60}?在内的?")
_AND_THEN = re.compile(r"(?<=[^，《“]{2})并(?=全面|[\u4e00-\u9fff]{2})(?!购|列|行|网|联|轨|案)")
_REACHES = re.compile(r".{0,3}[至到达]")
_RELATIVE = re.compile(r".的[^的]{1,4}\Z")
_LISTED_NAMES = re.compile(r"(?:[“《][^“”《》]{1,60}[”》][、和]?){1,20}等\Z")
_EXAMPLES = re.compile(r"(?:《[^《》]{1,60}》[、和]?){1,20}等(?=[\u4e00-\u9fff]{2})")
_DONE = re.compile(r"\A(?:全部|均|都|已|按期|如期|按时|基本){1,4}(完成|办结|落实|实现)\Z")
_IN_THESE = re.compile(r"\A(?P<noun>[\u4e00-\u9fff]{2,8}?)中(?P<what>[\u4e00-\u9fff]{4,30})\Z")
#: These name a sum of money themselves: 安排补助资金, not 资金金额.
_FUNDS = ("资金", "经费", "金额", "收入", "投资", "贷款额", "总额")
_TO_DO = re.compile(r".{3}(?:授课|讲课|讲授|培训|服务|指导|支持|演出|咨询)\Z")
#: 23家企业的代表: the firms are counted.
#: 提出6个方面20项任务: the tasks are counted.
_PARTS = ("方面", "领域", "部分", "板块")
_IN_PARTS = re.compile(r"(?:\d{1,2}|[两三四五六七八九十])个?(?:大|重点)?(?:方面|领域|部分|板块)\Z")
_THEIR = re.compile(r"(?<=\A企业|\A单位|\A机构|\A高校|\A国家|\A部门|\A协会|\A公司|\A院校)的(?=代表|负责人|嘉宾)")
#: 某方案提出到2035年…: the plan is no part of the name.
_PLAN_SAYS = re.compile(r"\A[^，]{1,24}?(?:提出|要求|明确|确定|约定)(?:力争)?(?=到20\d{2}年)")
_LOOSE = re.compile(r"(?:[对在携]|(?<![方动志取意导流走])向)+\Z")
_SOMEWHERE = re.compile(r"(?<=[\u4e00-\u9fff]{2})在全[国省市县区州]\Z")
_FIRST = re.compile(r"(?:首个|唯一|第一个|首家)[^，]{0,4}\Z")
_CHOSEN = re.compile(r"(?<=入选|入围|获评|列入|纳入)[^，、《》]{2,14}?(?:遴选|发布|确定|评选|公布|评定|认定)的")
#: 注册用户: who has registered, not what was.
_REGISTERED = ("用户", "会员", "志愿者", "学员", "资本", "地址")
_EACH_OF_THEM = re.compile(r"(?<=.{2})(?:全年|当年|年内|共|累计|已){0,2}分别")
_GIVEN = re.compile(r"(.{2,14}?)(?:颁发|颁授|发放|授予|佩戴|送上)")
#: 600名代表围绕某题展开讨论: they are those who came.
_TALKS_ABOUT = re.compile(r"(?<=.{2})(?:围绕|就(?=[“《]))[^，；]{2,40}?(?:讨论|交流|研讨|座谈|对话|建言|交流看法)\Z")
_DIGIT = re.compile(r"\d")
_TOGETHER = ("共", "累计", "已", "新")


class Naming(Frozen):
    """A name with its parts: `stem` what is counted, without verb and suffix; `verb` the verb in front;
    `tail` what a flow verb adds behind (授权量); `rule` how it was found."""

    text: str
    stem: str
    rule: str
    verb: str = ""
    tail: str = ""
    subject: str = ""
    confidence: float = 1.0
    bare: bool = False


def name_slot(slot: Slot, follow: str, verb: str, first: bool, signs: int, words: Words) -> Naming | None:
    """The name of a slot's quantity. `follow` is what the noun of a chain goes on with (参加培训), `verb` the verb
    that a quantity before it in the clause had; `first` tells that none stands before, `signs` are those of the clause.
    None when nothing names it."""
    if signs & LEFT_OUT or slot.quantity.words:
        if _FIRST.search(slot.left) or left_out(slot):
            return None
        if named := of_which(slot) or taught_in(slot) or partners(slot):
            return Naming(named + slot.quantity.suffix, named, "indicator.counted", confidence=0.9)
    left = _PLAN_SAYS.sub("", slot.left) if "到20" in slot.left else slot.left
    left, _ = strip_lead(left, words)
    if len(left) < len(slot.left) and slot.left.endswith("平均", 0, len(slot.left) - len(left)):
        left = f"平均{left}"
    if left.endswith(_PARTS):
        left = _IN_PARTS.sub("", left)
    if "》等" in left:
        left = _EXAMPLES.sub("", left)
    if left.endswith("等"):
        left = listed_firms(_LISTED_NAMES.sub("", left), words)
    if "了" in left:
        left = MARK.sub("", left)
    if "包括" in left:
        left = _INCLUDING.sub("", left)
    right = slot.right.strip("，,、：: ")
    if slot.quantity.base == "国":
        right = f"国家{right}"
    if right.endswith("中") and len(right) > 3 and not slot.adjacent and right[-2] not in "集当之手":
        right = right[:-1]
    if slot.quantity.words and "分别" in right:
        right = _EACH_OF_THEM.split(right, maxsplit=1)[0]  # 甲、乙两家中心全年分别受理…
    if "的" in right:
        right = _THEIR.sub("", right, count=1)
    if right.startswith(("（", "(")):
        right = _BRACKET.sub("", right, count=1)
    if slot.quantity.kind in ("ratio", "score", "number", "time") and right and not right.startswith("的"):
        whole = tidy(left) + right
        return Naming(tidy(whole + "占比"), tidy(whole), "indicator.ratio", confidence=0.8)
    if not right:
        return _final(slot, left, verb, first, words)
    return _counted(slot, left, right, follow, verb, first, words)


def _final(slot: Slot, left: str, verb: str, first: bool, words: Words) -> Naming:
    """The value ends its clause: measure + copula + value, or verb + object + value."""
    body, adverbs = strip_tail(left, words)
    copula = ""
    match = words.copula.search(body)
    if match:
        copula, body = match.group(), body[: match.start()]
        body, more = strip_tail(body, words)
        adverbs += more
        again = words.copula.search(body)
        if again and again.start():
            body = body[: again.start()]
    if copula and body[:1] in ("把", "将"):
        body = body[1:]
    average = "平均" if "平均" in adverbs or "平均" in copula else ""
    body = tidy(body)
    if words.measures(body):
        name = body if average in body else _averaged(body, average)
        short = len(body) <= 5 and not body.endswith(("人数", "人次"))
        return Naming(name, body, "indicator.measure", bare=short or body.startswith("平均"))
    if not body or (body in words.verbs and words.verbs[body].order == "after"):
        return Naming("", "", "indicator.inherited", verb=body, confidence=0.8, bare=True)
    if copula and slot.quantity.kind in ("ratio", "score", "number", "time", "money"):
        suffix = "" if slot.quantity.kind != "ratio" else slot.quantity.suffix
        return Naming(body + suffix, body, "indicator.measure", confidence=0.9)
    if slot.quantity.kind == "number" and slot.quantity.factor > 1:
        return Naming(body + "数", body, "indicator.measure", confidence=0.8)
    opening = words.verb.match(body)
    dropped = opening is not None and words.verbs[opening.group()].order == "drop"
    if _REACHES.fullmatch(copula) and not dropped:
        return Naming(body + slot.quantity.suffix, body, "indicator.measure", confidence=0.9)
    return _object(slot, body, verb, first, words)


def _averaged(body: str, average: str) -> str:
    return body if not average else average + body


def main_verb(text: str, words: Words, least: int) -> tuple[int, Verb] | None:
    """Where the governing verb stands; at least `least` characters follow it."""
    match = words.verb.match(text)
    # 毕业生 is no verb with an object: one character is none; 运行的中心 has another verb.
    if match and len(text) - match.end() != 1 and not (match.end() and text.startswith("的", match.end())):
        return 0, words.verbs[match.group()]
    hits = list(words.verb.finditer(text, 1))
    for match in hits:
        verb = words.verbs[match.group()]
        marked = verb.order != "pivot" and text.endswith(_TOGETHER, 0, match.start())
        if (
            marked
            and not text.startswith("的", match.end())
            and not text[: match.start()].endswith("公共")
            and len(text) - match.end() >= least
        ):
            return match.start(), verb
    for match in hits:
        verb = words.verbs[match.group()]
        if text[match.start() - 1] == "、":
            continue
        flows = verb.order == "after" and text.endswith(("案件", "申请", "请求", "投诉", "举报"))
        if text.startswith("的", match.end()):
            continue
        if not (verb.strong or flows) or len(text) - match.end() < least:
            continue
        after = text[match.end() :]
        if words.noun_after.match(after) and not after.startswith("知识产权"):
            continue
        return match.start(), verb
    return None


def _object(slot: Slot, body: str, verb: str, first: bool, words: Words) -> Naming:
    """Verb + object + value: 新建维权援助工作站7家."""
    suffix = "" if slot.quantity.kind == "money" and body.endswith(_FUNDS) else slot.quantity.suffix
    flow = words.flow_tail.search(body)
    if flow and flow.start():
        return Naming(body + "量", body, "indicator.flow", tail=flow.group() + "量")
    run = verbs_behind(body, words)
    if run and not run.start() and words.verbs[words.verb.findall(body)[0]].order == "keep":
        return Naming(body + suffix, "", "indicator.object", body, confidence=0.9)
    found = main_verb(body, words, 2)
    if found is None:
        given = verb if not first or slot.left.startswith(("、", "和", "及", "以及")) else ""
        return Naming(given + body + suffix, body, "indicator.object", given, confidence=0.9 if given else 0.7)
    at, main = found
    subject, rest = body[:at], body[at + len(main.verb) :]
    if at and _RELATIVE.search(rest) and len(body) <= 60:
        return Naming(body + suffix, body, "indicator.object", confidence=0.9)
    subject, _ = strip_tail(subject, words)
    holder = thing(subject, words) if first else ""
    if (
        len(subject) > 14
        or not first
        or words.preposition.match(subject)
        or _WITH.search(subject)
        or _BODY.search(subject)
    ):
        subject = ""
    rest = rest.lstrip("了")
    if holder and rest:
        # 某平台注册团体3012家: it is the platform that has them.
        return Naming(holder + main.verb + rest + suffix, rest, "indicator.object", main.verb, subject=holder)
    if main.order == "after" and (rest.startswith(("和", "、")) or "并" in rest[:5]):
        return Naming(body + "量", body, "indicator.flow", tail="量")
    again = words.verb.match(rest)
    if main.verb == "注册" and rest in _REGISTERED:
        return Naming(body + suffix, body, "indicator.object")
    if main.order == "after" and rest and not (again and words.verbs[again.group()].strong):
        end = "量" if slot.quantity.kind == "case" else suffix
        rate = subject if subject.endswith("均") else ""
        return Naming(rate + rest + main.verb + end, rest, "indicator.flow", "", main.verb + end, subject=subject)
    if main.order == "drop" and rest:
        end = "量" if slot.quantity.kind == "case" else suffix
        got = main.verb if main.verb == "收到" and slot.quantity.kind != "case" else ""
        return Naming(subject + got + rest + end, rest, "indicator.object", subject=subject)
    deed, more = main.verb, again if again and main.order == "keep" else None
    if more and words.verbs[more.group()].order == "keep" and len(rest) - more.end() > 1:
        deed, rest = deed + more.group(), rest[more.end() :]
    return Naming(subject + deed + rest + suffix, rest, "indicator.object", deed, subject=subject)


def split_predicate(right: str, words: Words) -> tuple[str, str]:
    """The counted noun and the predicate behind it: 企业 | 进入专利产业化样板企业培育库."""
    together = right.find("共", 2)
    if together > 0 and right[together - 1] != "公" and words.verb.match(right, together + 1):
        return right[:together], right[together + 1 :]
    if "围绕" in right or "就" in right:
        talk = _TALKS_ABOUT.search(right)
        if talk:
            return strip_tail(right[: talk.start()], words)[0], "与会"
    if "并" in right:
        right = _AND_THEN.split(right)[0]
    for match in words.pivot.finditer(right, 1):
        noun, after = right[: match.start()], right[match.end() :]
        pivot = words.pivots[match.group()]
        if noun.endswith(("的", "、", "和", "与", "及", "或", "“", "未", "可")) and pivot.verb != "获":
            continue
        if not pivot.strong and not words.actor.search(strip_tail(noun, words)[0]):
            continue
        if pivot.strong and len(noun) < 2 and not words.actor.search(noun):
            continue
        if not after and not pivot.strong:
            continue
        if not pivot.strong and words.noun_after.match(after):
            continue
        if _open(noun):
            continue
        return strip_tail(noun, words)[0], right[match.start() :]
    return right, ""


def _open(text: str) -> bool:
    return (
        text.count("《") > text.count("》") or text.count("“") > text.count("”") or text.count("（") > text.count("）")
    )


def _counted_whole(slot: Slot, left: str, right: str, noun: str, predicate: str) -> Naming | None:
    """What names itself: 在6个领域中的3个…, 甲市的5项发明获奖."""
    told = ""
    these = _IN_THESE.match(right) if left.endswith("在") else None
    done = None if these else _DONE.match(predicate)
    if these:
        told, name = these["what"], f"{these['what']}的{these['noun']}"
    elif done and left.endswith("的") and len(left) <= 20:
        told = left.rsplit("，", 1)[-1] + noun
        name = told + done[1]
    return Naming(name + slot.quantity.suffix, told, "indicator.counted", confidence=0.9) if told else None


def _governed(slot: Slot, left: str, verb: str, words: Words) -> tuple[str, str]:
    """The verb that governs a counted noun, and what stands between them."""
    main, middle = _governing(left, words)
    if left.endswith("的") and not left.startswith("包括"):
        opening = words.verb.match(left)
        about = left[opening.end() : -1] if opening and not slot.adjacent and not _DIGIT.search(left) else ""
        main, middle = (left[: opening.end()], about) if opening and 4 <= len(about) <= 16 else (verb, "")
    if not main and not left and verb:
        main = verb
    return main, middle or ("首批" if not main and slot.left.endswith("首批") else "")


def _counted(slot: Slot, left: str, right: str, follow: str, verb: str, first: bool, words: Words) -> Naming | None:
    """The counted noun stands behind the value: 建成25间多媒体审理庭, 3个案例入选…."""
    noun, predicate = split_predicate(right, words)
    whole = _counted_whole(slot, left, right, noun, predicate)
    if whole:
        return whole
    noun = tidy(strip_tail(noun, words)[0])
    if not predicate and slot.left.endswith(("把", "将")):
        noun = handled(noun, words)
    noun = noun if predicate else plain(noun)
    if slot.left.endswith(("为", "给")) and not predicate and (given := _GIVEN.match(noun)):
        # 为31名调解员颁发聘书
        return Naming(given[1] + slot.quantity.suffix, given[1], "indicator.counted", confidence=0.9)
    if predicate.endswith("的") and slot.adjacent:
        predicate = predicate.removesuffix("的") + follow
    if slot.adjacent and predicate == "来自":
        predicate, follow = "", ""  # 26名学员来自11个国家: their number, then that of the countries
    predicate = "" if predicate.startswith("供") else predicate or follow
    deed = verbs_behind(noun, words) if slot.adjacent and predicate and noun else None
    if deed and deed.start() > 1 and words.actor.fullmatch(strip_tail(noun[: deed.start()], words)[0]):
        # 三家单位还公布5件典型案例
        predicate, noun = deed.group() + predicate, strip_tail(noun[: deed.start()], words)[0]
    if slot.quantity.suffix in ("场数", "期数") and slot.adjacent:
        # 8场活动共签约项目96个: the events are counted, not what they brought.
        predicate = ""
    main, middle = _governed(slot, left, verb, words)
    suffix = slot.quantity.suffix
    opening = None if left else words.pivot.match(right)
    if opening and words.pivots[opening.group()].strong:
        if slot.quantity.kind == "people":
            return Naming(tidy(right) + suffix, "", "indicator.subject", confidence=0.8)
        return Naming("", tidy(right), "indicator.inherited", confidence=0.8)
    if "在全" in noun:
        noun = _SOMEWHERE.sub("", noun)
    if noun.endswith(("对", "在", "携", "向")):
        noun = _LOOSE.sub("", noun)
    if slot.left.endswith("与") and (predicate or noun).endswith(("座谈", "会谈", "会见")):
        return None
    if noun.endswith(HELD_ENDS) and (held := TAKES_PLACE.search(noun)):
        noun = noun[: held.start()]
        return Naming(noun + suffix, noun, "indicator.counted", subject=noun, confidence=0.9)
    if not noun or co_issues(slot, noun, words):
        return None
    if predicate:
        return _predicated(noun, predicate, (main, middle), suffix)
    if (slot.quantity.kind == "people" or slot.quantity.base == "名") and (done := CHOSEN.search(noun)):
        # 完成40名领军人才选拔工作: it is people who were chosen.
        return Naming(f"{noun[: done.end(1)]}{suffix}", noun, "indicator.counted", "", confidence=0.95)
    return Naming(f"{main}{middle}{turned(noun, words)}{suffix}", noun, "indicator.counted", main, confidence=0.95)


def _predicated(noun: str, predicate: str, before: tuple[str, str], suffix: str) -> Naming:
    """The name of a counted noun that does something; `before` is the verb in front and what stands between."""
    main, middle = before
    predicate = _INCLUDING.sub("", _CHOSEN.sub("", straight(tidy(predicate)))).removeprefix("予以")
    if predicate.startswith("为") and _TO_DO.search(predicate):
        # 选派2名专家为某国授课: for somebody, not as something.
        return Naming(f"{main}{middle}{noun}{suffix}", noun, "indicator.counted", main, confidence=0.9)
    if predicate.startswith(("为", "作为")):
        return Naming(
            main + predicate.removeprefix("作").removeprefix("为") + suffix,
            noun,
            "indicator.selected",
            main,
            subject=noun,
        )
    bare = bool(_GENERIC_PART.match(predicate))
    keep = main if main and main not in ("", "共有", "有") else ""
    joint = "的" if len(predicate) > 6 else ""
    name = f"{keep}{predicate}{suffix}" if predicate.endswith(noun) else f"{keep}{predicate}{joint}{noun}{suffix}"
    return Naming(name, noun, "indicator.subject", main, subject=noun, bare=bare, confidence=0.9)


def _governing(left: str, words: Words) -> tuple[str, str]:
    """The verb in front of a counted noun, and what of the words between belongs to the name."""
    left = tidy(strip_tail(left, words)[0])
    if not left:
        return "", ""
    ends = verbs_behind(left, words)
    head = words.verb.match(left)
    headed = head is not None and words.verbs[head.group()].strong and not left.endswith("等")
    if ends and (ends.start() == 0 or (len(ends.group()) > 1 and not headed)):
        told = words.verb.findall(ends.group())
        kept = "".join([v for v in told if words.verbs[v].order != "drop" or v == "完成"])
        return thing(strip_tail(left[: ends.start()], words)[0], words) + kept if kept else "", ""
    if left.endswith("等") and left.removesuffix("等") not in words.verbs:
        found = main_verb(left.removesuffix("等"), words, 2)
    else:
        found = main_verb(left, words, 0)
    if found is None:
        return "", "" if left.endswith("等") or words.preposition.match(left) or len(left) > 12 else left
    at, main = found
    middle = left[at + len(main.verb) :]
    kept = "" if main.order == "drop" and main.strong else main.verb
    kept = thing(strip_tail(left[:at], words)[0], words) + kept if kept else ""
    if middle.endswith("等"):
        return kept, ""
    more = words.verb.match(middle)
    while more and more.end():
        kept, middle = kept + more.group(), middle[more.end() :]
        more = words.verb.match(middle)
    if middle.endswith(("等", "、", "和", "及", "以及", "与")):
        return kept, ""
    middle, _ = strip_lead(middle, words)
    middle = "" if words.scope.fullmatch(middle) or words.actor.search(middle) or len(middle) > 16 else middle
    return kept, middle
