"""What is found of an answer that holds nothing to compare: a name, a result or a usable array is missing."""

from __future__ import annotations

from typing import Any

from aics.check.ask import NO_MESSAGE, Answer, Raised, Unfit
from aics.check.messages import say
from aics.check.output import called
from aics.language import listed

#: A verdict's fields for the first rung that does not hold.
Finding = dict[str, Any]


def without_values(answer: Answer) -> Finding:
    """The finding on an answer that ended before there was anything to compare."""
    if answer.missing:
        return dict(rung="defined", reason=say("defined", names=listed(answer.missing)), next_move=say("defined.next"))
    if answer.raised:
        return _exception(answer.raised)
    if answer.misfit:
        output, got = answer.misfit
        return dict(
            rung="type",
            reason=say("type", output=called(output)),
            got=say("type.got", got=got),
            expected=say("type.expected"),
            next_move=say("type.next_none" if got == "NoneType" else "type.next"),
        )
    return _unfit(answer.unfit or Unfit(output="", rung="type"))


def _unfit(unfit: Unfit) -> Finding:
    key = {"type": "missing_output", "values": "unmeasured"}.get(unfit.rung, unfit.rung)
    reason = say(key, output=called(unfit.output))
    next_move = say(f"{unfit.rung}.next") if unfit.got else ""
    return dict(rung=unfit.rung, reason=reason, got=unfit.got, expected=unfit.expected, next_move=next_move)


def _exception(raised: Raised) -> Finding:
    if raised.unfilled:
        reason = say("blank", number=raised.number) if raised.blank else say("unfilled", message=raised.message)
        next_move = say("blank.next", line=raised.line) if raised.blank else say("unfilled.next")
        return dict(rung="raises", unfilled=True, reason=reason, next_move=next_move)
    where = "raises.next" if raised.line else "raises.next_unknown"
    message = say("raises.no_message") if raised.message == NO_MESSAGE else raised.message
    return dict(
        rung="raises",
        reason=say("raises", type=raised.type),
        got=say("raises.got", type=raised.type, message=message),
        expected=say("raises.expected"),
        next_move=say(where, number=raised.number, line=raised.line),
    )
