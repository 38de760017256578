"""Who may decide what alone in a procedure, up to which limit, and whom they ask beyond it."""

from collections.abc import Sequence

from servicestory.incorporate.purpose import BLANK
from servicestory.models.organisation import Authority
from servicestory.models.procedure import Procedure, Role
from servicestory.text import listing, one_line
from servicestory.wording.costs import needs_a_limit
from servicestory.wording.gaps import often_bent, rules_bent
from servicestory.wording.material import Material


def default_roles(material: Material) -> list[Role]:
    """The roles a new procedure starts with where the house names no limits; the owner changes them."""
    return [
        Role(
            role="Whoever serves the " + material.customer,
            responsibility=_DOES,
            authority_limit=_UP_TO if _needs_a_limit(material) else _UNLESS,
            escalate_to="the person in charge of the shift",
        ),
        Role(
            role="The person in charge of the shift",
            responsibility=_SEES,
            authority_limit="exceptions for this one case",
            escalate_to=_within(_OWNER.role),
        ),
        _OWNER,
    ]


def _within(role: str) -> str:
    """A role as it stands within a sentence: "the shift lead", "Role 1"."""
    return role[:1].lower() + role[1:] if role.split()[0] in ("The", "A", "An", "Whoever") else role


_DOES = "carrying out the steps"
_SEES = "seeing that the steps can be carried out; deciding on exceptions"
_OWNER = Role(
    role="The owner of this procedure",
    responsibility="keeping it right, training it, reviewing it in time",
    authority_limit="changes to this procedure, once approved by somebody else",
    escalate_to="the approver",
)


def limit_said(one: Authority) -> str:
    """A limit of the house as a part of a sentence."""
    return one_line(one.limit).rstrip(". ")


def house_roles(house: Sequence[Authority]) -> list[Role]:
    """The roles of every procedure whose owner names no others, with the limits of servicestory.yaml."""
    named = [one_line(one.role) for one in house]
    asked = [*named[1:], _OWNER.role]
    return [
        Role(
            role=role,
            responsibility=_SEES if n else _DOES,
            authority_limit=f"{'exceptions for this one case' if n else 'every step'}; what costs money or "
            f"needs an exception: {limit_said(one)}",
            escalate_to=one_line(one.ask or "") or _within(asked[n]),
        )
        for n, (role, one) in enumerate(zip(named, house, strict=True))
    ] + [_OWNER]


_UNLESS = "every step, unless it costs money or needs an exception to a rule"
_UP_TO = "every step, up to a limit that is not named yet: asks first until it is"


def _needs_a_limit(material: Material) -> str:
    """Why a colleague needs a limit for the act itself: it costs money or bends a rule; else empty."""
    practice = material.practice
    said = [practice.name, practice.behaviour_statement or "", *(s.text for s in material.steps)]
    if why := needs_a_limit(" . ".join(said)):
        return why
    bent = rules_bent(material)
    return f"a story of it bent a rule of the house, {bent}" if bent and often_bent(material) else ""


def roles(material: Material, control: Procedure, house: Sequence[Authority] = ()) -> list[Role]:
    """The roles of the procedure; a limit nobody changed says what holds in the house, or for this act."""
    if house and not changed(material, control):
        return house_roles(house)
    first, *rest = control.roles or default_roles(material)
    if first.authority_limit == _UNLESS and _needs_a_limit(material):
        first = first.model_copy(update={"authority_limit": _UP_TO})
    return [first, *rest]


def changed(material: Material, control: Procedure) -> bool:
    """Whether the owner changed the roles; those every procedure begins with say nothing about this one."""
    first, *rest = default_roles(material)
    usual = [[first.model_copy(update={"authority_limit": said}), *rest] for said in (_UNLESS, _UP_TO)]
    return bool(control.roles) and control.roles not in usual


def alone(material: Material, limit: str | None) -> str:
    """What whoever carries it out may decide alone, within their limit, in the words of the box for them."""
    if limit == _UNLESS and (bent := rules_bent(material)):
        return f"{limit}, as a story of it did: {bent}"
    if limit != _UP_TO:
        return limit or "no limit is set yet, so ask first"
    why = _needs_a_limit(material)
    costly = [str(n) for n, step in enumerate(material.steps, 1) if needs_a_limit(step.text)]
    if why and costly and len(costly) < len(material.steps):
        which = f"step{'s' if len(costly) > 1 else ''} {listing(costly)}"
        return f"every step but {which}: since {why}, ask first there until the owner has named a limit"
    return f"every step, but since {why}, ask first until the owner has named a limit" if why else limit


def named_limit(material: Material, control: Procedure, house: Sequence[Authority] = ()) -> str:
    """The limit somebody named for whoever carries it out, here or for the house; empty where nobody did."""
    if house and not changed(material, control):
        return limit_said(house[0])
    limit = control.roles[0].authority_limit if control.roles else None
    return limit if limit and limit not in (_UNLESS, _UP_TO) else ""


def limit_of(step: str, limit: str) -> list[str]:
    """The limit of a step that costs money or bends a rule, as a point of it; the open place for it."""
    if not needs_a_limit(step):
        return []
    return [f"Limit: {limit}." if limit else f"Limit: {BLANK}; ask first until it is named."]


def limit_to_name(material: Material, control: Procedure, house: Sequence[Authority] = ()) -> list[str]:
    """The limit the owner has to name, where the act itself needs one and nobody named it."""
    if not _needs_a_limit(material) or named_limit(material, control, house):
        return []
    return [
        "The limit up to which a colleague may decide alone. The owner names it among the roles "
        f"at the head of {control.id}, or once for all procedures: `authority:` in servicestory.yaml."
    ]
