"""What the exports of well-known survey, helpdesk and review tools look like, as data.

Column names were read in the tools' own documentation. A preset is recognised by its columns, so that
nobody needs to know its name; `--map` overrules it field by field.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from servicestory.collect.tables import Table
from servicestory.errors import Usage, nearest
from servicestory.text import listing


@dataclass(frozen=True)
class Preset:
    """One tool's export.

    Attributes:
        needs: columns that must all be there for the export to be recognised.
        fields: field of a story -> the columns that may hold it, the best first.
        personal: columns that identify a customer; never imported (besides those `privacy.personal` knows).
        staff_words: columns with words of our own staff (a reply), never a customer's text.
        part: field -> pattern whose first group is the part of the cell that is meant.
        marks: ratings written as words -> their figure; ``top`` is the top of that scale.
        skip: column -> (values in lower case, why such a row is no story).
        header_mark: rows down to the one holding this text are part of the header.
        header_blank: leading rows that are blank in this column are part of the header.
    """

    name: str
    about: str
    needs: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]
    personal: frozenset[str] = frozenset()
    staff_words: frozenset[str] = frozenset()
    part: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, float] = field(default_factory=dict)
    top: float | None = None
    skip: Mapping[str, tuple[frozenset[str], str]] = field(default_factory=dict)
    header_mark: str = ""
    header_blank: str = ""


def _columns(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(","))


_NO_ANSWER = (frozenset({"offered", "unoffered", ""}), "the customer gave no answer")

PRESETS: tuple[Preset, ...] = (
    Preset(
        "qualtrics",
        "Qualtrics survey responses (CSV); name the question that holds the story: --map text=Q3",
        _columns("StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,DistributionChannel"),
        {"date": ("RecordedDate", "EndDate"), "record": ("ResponseId",), "channel": ("DistributionChannel",)},
        _columns(
            "IPAddress,RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,"
            "LocationLatitude,LocationLongitude"
        ),
        skip={
            "Status": (frozenset({"survey preview", "1", "spam", "8"}), "it is a preview or spam"),
            "Finished": (frozenset({"false", "0"}), "the survey was not finished"),
        },
        header_mark='{"ImportId"',
    ),
    Preset(
        "surveymonkey",
        "SurveyMonkey responses (CSV, XLSX)",
        _columns("Respondent ID,Collector ID,Start Date,End Date"),
        {"date": ("End Date", "Start Date"), "record": ("Respondent ID",)},
        _columns("IP Address,Email Address,First Name,Last Name"),
        header_blank="Respondent ID",
    ),
    Preset(
        "medallia",
        "Medallia feedback records",
        _columns("a_unit_identifier,e_responsedate"),
        {"date": ("e_responsedate", "e_creationdate"), "site": ("unit.name", "a_unit_identifier")},
    ),
    Preset(
        "zendesk-satisfaction",
        "Zendesk satisfaction ratings (JSON: satisfaction_ratings)",
        _columns("score,comment,assignee_id,group_id,requester_id,ticket_id"),
        {
            "text": ("comment",),
            "rating": ("score",),
            "date": ("updated_at", "created_at"),
            "person": ("assignee_id",),
            "team": ("group_id",),
            "record": ("id",),
        },
        _columns("requester_id,url"),
        marks={"good": 1, "bad": 0, "good_with_comment": 1, "bad_with_comment": 0},
        top=1,
        skip={"score": _NO_ANSWER},
    ),
    Preset(
        "zendesk-tickets",
        "Zendesk tickets (JSON, JSON Lines) with their satisfaction rating",
        _columns("satisfaction_rating.score,subject,assignee_id,group_id,requester_id"),
        {
            "text": ("satisfaction_rating.comment",),
            "rating": ("satisfaction_rating.score",),
            "date": ("updated_at", "created_at"),
            "person": ("assignee_id",),
            "team": ("group_id",),
            "channel": ("via.channel",),
            "tag": ("tags",),
            "record": ("id",),
        },
        _columns("requester_id,submitter_id,recipient,collaborator_ids,url"),
        marks={"good": 1, "bad": 0, "good_with_comment": 1, "bad_with_comment": 0},
        top=1,
        skip={"satisfaction_rating.score": _NO_ANSWER},
    ),
    Preset(
        "freshdesk",
        "Freshdesk satisfaction ratings (JSON)",
        _columns("survey_id,user_id,agent_id,ticket_id,feedback,ratings.default_question"),
        {
            "text": ("feedback",),
            "rating": ("ratings.default_question",),
            "date": ("created_at",),
            "person": ("agent_id",),
            "team": ("group_id",),
            "record": ("id",),
        },
        _columns("user_id"),
        marks={"103": 7, "102": 6, "101": 5, "100": 4, "-101": 3, "-102": 2, "-103": 1},
        top=7,
    ),
    Preset(
        "intercom",
        "Intercom conversations with their rating (JSON)",
        _columns("conversation_rating.rating,conversation_rating.remark"),
        {
            "text": ("conversation_rating.remark",),
            "rating": ("conversation_rating.rating",),
            "date": ("conversation_rating.updated_at", "conversation_rating.created_at"),
            "person": ("conversation_rating.teammate.id",),
            "team": ("team_assignee_id",),
            "record": ("id",),
        },
        _columns(
            "conversation_rating.contact.id,source.author.name,source.author.email,source.author.id,contacts"
        ),
    ),
    Preset(
        "helpscout",
        "Help Scout satisfaction ratings (JSON)",
        _columns("rating,comments,ticketId,threadId"),
        {
            "text": ("comments",),
            "rating": ("rating",),
            "date": ("createdAt", "modifiedAt"),
            "team": ("mailbox.name", "mailbox"),
            "record": ("id", "threadId"),
        },
        _columns("customer.firstName,customer.lastName,customer.emails"),
        marks={"great": 3, "okay": 2, "bad": 1},
        top=3,
    ),
    Preset(
        "gorgias",
        "Gorgias satisfaction surveys (JSON)",
        _columns("body_text,score,customer_id,ticket_id,scored_datetime"),
        {
            "text": ("body_text",),
            "rating": ("score",),
            "date": ("scored_datetime", "sent_datetime", "created_datetime"),
            "record": ("id",),
        },
        _columns("customer_id"),
    ),
    Preset(
        "google-business",
        "Google Business Profile reviews (JSON: reviews)",
        _columns("reviewId,starRating,createTime,reviewer.displayName"),
        {
            "text": ("comment",),
            "rating": ("starRating",),
            "date": ("createTime",),
            "site": ("name",),
            "record": ("reviewId",),
        },
        _columns("reviewer.displayName,reviewer.profilePhotoUrl"),
        staff_words=_columns("reviewReply.comment"),
        part={"site": r"locations/([^/]+)"},
        marks={"one": 1, "two": 2, "three": 3, "four": 4, "five": 5},
        top=5,
    ),
    Preset(
        "yelp",
        "Yelp open data set, review file (JSON Lines)",
        _columns("review_id,business_id,stars,date,text"),
        {
            "text": ("text",),
            "rating": ("stars",),
            "date": ("date",),
            "site": ("business_id",),
            "record": ("review_id",),
        },
        _columns("user_id"),
    ),
    Preset(
        "yelp-fusion",
        "Yelp Fusion reviews (JSON: reviews; texts are excerpts)",
        _columns("id,url,text,rating,time_created"),
        {"text": ("text",), "rating": ("rating",), "date": ("time_created",), "record": ("id",)},
        _columns("user.name,user.id,user.profile_url,user.image_url,url"),
    ),
    Preset(
        "tripadvisor",
        "Tripadvisor content API reviews (JSON: data)",
        _columns("id,location_id,published_date,rating,text,title"),
        {
            "text": ("text",),
            "title": ("title",),
            "rating": ("rating",),
            "date": ("travel_date", "published_date"),
            "site": ("location_id",),
            "record": ("id",),
        },
        _columns("user.username,user.user_location.name,user.avatar.small,url"),
        staff_words=_columns("owner_response.text,owner_response.title"),
    ),
    Preset(
        "gsa-a11",
        "US federal customer experience feedback, form A-11 (CSV)",
        _columns("external_id,question_1,question_4,positive_effectiveness,negative_effectiveness"),
        {"text": ("question_4",), "rating": ("question_1",), "record": ("external_id",)},
    ),
)


def find(name: str) -> Preset:
    """The preset of that name.

    Raises:
        Usage: there is none; names the nearest.
    """
    names = [preset.name for preset in PRESETS]
    folded = name.casefold().removesuffix("-csv").removesuffix("-json")
    for preset in PRESETS:
        if preset.name == folded:
            return preset
    near = nearest(folded, names)
    raise Usage(
        f"There is no preset '{name}'",
        "",
        f"Did you mean --preset {near}" if near else f"There are {listing(names)}",
    )


def recognise(columns: Iterable[str]) -> Preset | None:
    """The preset with the most columns all of which are there, or None."""
    there = set(columns)
    fitting = [preset for preset in PRESETS if preset.needs <= there]
    return max(fitting, key=lambda preset: (len(preset.needs), preset.name), default=None)


def without_extra_header(table: Table, preset: Preset) -> None:
    """Take the rows off that belong to the header (a second line of question texts, technical ids)."""
    taken = 0
    if preset.header_mark:
        for number, row in enumerate(table.rows[:3], 1):
            if any(preset.header_mark in cell for cell in row.cells):
                taken = number
    if preset.header_blank and preset.header_blank in table.columns:
        at = table.columns.index(preset.header_blank)
        while taken < min(2, len(table.rows)) and not table.rows[taken].cells[at].strip():
            taken += 1
    if taken:
        del table.rows[:taken]
        table.notes.append(f"The first {taken + 1} rows were read as column names.")


def part_of(preset: Preset | None, name: str, cell: str) -> str:
    """The part of a cell that a preset means for a field (a location's id inside a path)."""
    if preset is None or name not in preset.part:
        return cell
    found = re.search(preset.part[name], cell)
    return found[1] if found else cell
