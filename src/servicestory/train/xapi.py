"""Completions as xAPI statements (IEEE 9274.1.1, ADL xAPI 1.0.3), with pseudonyms and without any network."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from servicestory.models.base import first_day
from servicestory.models.monitoring import Training

VERBS = {
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "passed": "http://adlnet.gov/expapi/verbs/passed",
    "failed": "http://adlnet.gov/expapi/verbs/failed",
}
_ACTIVITY = "http://adlnet.gov/expapi/activities/course"
_NAMESPACE = uuid.UUID("6f1d3c0e-6d0f-5c7e-9a54-2f3f1f6e8b11")  # of our statements, never to be changed


def statements(
    records: Iterable[Training],
    names: Mapping[str, str],
    home: str,
    language: str,
    account: Callable[[str], str],
) -> list[dict[str, Any]]:
    """One statement for each learner's record, in order; the same record always gives the same id.

    Args:
        names: practice -> its name.
        home: the address that accounts and activities are named under, such as ``https://example.org/``;
            nothing is sent there.
        account: a trainer's or signer's name -> pseudonym.
    """
    base = home.rstrip("/")
    return [
        _statement(record, names.get(record.practice, record.practice), base, language, account)
        for record in records
        if record.learner and not record.learner.startswith("Person-")
    ]


def _statement(
    record: Training, name: str, base: str, language: str, account: Callable[[str], str]
) -> dict[str, Any]:
    verb = {"passed": "passed", "not yet": "failed"}.get(record.teach_back or "", "completed")
    result: dict[str, Any] = {"completion": True}
    if record.teach_back:
        result["success"] = record.teach_back == "passed"
    if record.score is not None and record.score_of:
        result["score"] = {
            "scaled": round(record.score / record.score_of, 4),
            "raw": record.score,
            "min": 0,
            "max": record.score_of,
        }
    activity = f"{base}/practices/{quote(record.practice)}"
    context: dict[str, Any] = {"platform": "servicestory", "language": language}
    if record.document:
        document = {"id": f"{base}/documents/{quote(record.document)}", "objectType": "Activity"}
        context["contextActivities"] = {"grouping": [document]}
    if record.revision is not None:
        context["revision"] = f"{record.document or 'procedure'} revision {record.revision}"
    if teacher := record.signed_off_by or record.trainer:
        context["instructor"] = _agent(account(teacher), base)
    said = record.model_dump_json(exclude={"schema_"}, exclude_none=True)
    return {
        "id": str(uuid.uuid5(_NAMESPACE, f"{base}\0{said}")),
        "actor": _agent(record.learner or "", base),
        "verb": {"id": VERBS[verb], "display": {"en-US": verb}},
        "object": {
            "id": activity,
            "objectType": "Activity",
            "definition": {"type": _ACTIVITY, "name": {language: name}},
        },
        "result": result,
        "context": context,
        "timestamp": f"{first_day(record.on).isoformat()}T00:00:00Z",
        "version": "1.0.3",
    }


def _agent(pseudonym: str, base: str) -> dict[str, Any]:
    return {"objectType": "Agent", "account": {"homePage": f"{base}/", "name": pseudonym}}
