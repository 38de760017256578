"""Small files in exactly the shapes the tools export are recognised and read without a word of help."""

import json
from datetime import date
from pathlib import Path

import pytest

from servicestory.collect import presets
from servicestory.collect.importing import Settings, Taken, take
from servicestory.collect.mapping import parse, resolve
from servicestory.collect.tables import read_table
from servicestory.errors import Usage

TOLD = "Mira saw that I was lost, left her counter and walked me to the right platform."

QUALTRICS = (
    "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,"
    "RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,LocationLongitude,"
    "DistributionChannel,UserLanguage,Q1,Q2_TEXT\n"
    "Start Date,End Date,Response Type,IP Address,Progress,Duration (in seconds),Finished,Recorded Date,"
    "Response ID,Recipient Last Name,Recipient First Name,Recipient Email,External Data Reference,"
    'Location Latitude,Location Longitude,Distribution Channel,User Language,How likely are you?,"What, if '
    'anything,\nwent well?"\n'
    + ",".join('"{""ImportId"":""x""}"' for _ in range(19))
    + "\n"
    + "".join(
        f'2026-03-01 09:00:00,2026-03-01 09:05:00,{status},192.0.2.7,100,300,{finished},2026-03-01 09:05:01,'
        f'R_{n},Doe,Jo,jo@example.com,,51.5,-0.1,anonymous,EN,9,"{TOLD}{more}"\n'
        for n, (status, finished, more) in enumerate(
            [("IP Address", "True", ""), ("Survey Preview", "True", " A test."), ("IP Address", "False", " Half.")]
        )
    )
)  # fmt: skip
SURVEYMONKEY = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,"
    '"What did\nsomebody do for you?"\n'
    ",,,,,,,,,Open-Ended Response\n"
    f'114,99,03/14/2026 09:00:00,03/14/2026 09:04:00,192.0.2.7,jo@example.com,Jo,Doe,,"{TOLD}"\n'
)
GSA = (
    "external_id,question_1,positive_effectiveness,positive_ease,positive_efficiency,positive_transparency,"
    "positive_humanity,positive_employee,positive_other,negative_effectiveness,negative_ease,negative_efficiency,"
    "negative_transparency,negative_humanity,negative_employee,negative_other,question_4\n"
    f'a-1,5,1,0,0,,1,1,0,,,,,,,,"{TOLD}"\n'
)
JSONS: dict[str, object] = {
    "zendesk-satisfaction": {
        "satisfaction_ratings": [
            {"id": 35, "score": score, "comment": comment, "reason": "", "assignee_id": 7, "group_id": 3,
             "requester_id": 99, "ticket_id": 20, "created_at": "2026-03-01T08:00:00Z",
             "updated_at": "2026-03-02T08:00:00Z", "url": "https://example.com/35.json"}
            for score, comment in (("good", TOLD), ("offered", None), ("bad", "Nobody answered for a week."))
        ],
        "next_page": None,
    },
    "zendesk-tickets": [
        {"id": 8, "subject": "Refund", "assignee_id": 7, "group_id": 3, "requester_id": 9, "submitter_id": 9,
         "tags": ["refund", "vip"], "via": {"channel": "chat"}, "created_at": "2026-03-01T08:00:00Z",
         "updated_at": "2026-03-02T08:00:00Z",
         "satisfaction_rating": {"id": 1, "score": "good", "comment": TOLD}},
    ],
    "freshdesk": [
        {"id": 1, "survey_id": 2, "user_id": 9, "agent_id": 7, "group_id": 3, "ticket_id": 20, "feedback": TOLD,
         "ratings": {"default_question": 103}, "created_at": "2026-03-02T08:00:00Z",
         "updated_at": "2026-03-02T08:00:00Z"},
    ],
    "intercom": {
        "conversations": [
            {"id": "c1", "team_assignee_id": 3, "source": {"author": {"name": "Jo", "email": "jo@example.com"}},
             "conversation_rating": {"rating": 5, "remark": TOLD, "created_at": 1772438400,
                                     "updated_at": 1772438400, "contact": {"id": "9"}, "teammate": {"id": 7}}},
        ],
    },
    "helpscout": {
        "results": [
            {"id": 1, "rating": "Great", "comments": TOLD, "ticketId": 3, "threadId": 4, "mailbox": {"name": "Desk"},
             "createdAt": "2026-03-02T08:00:00Z", "customer": {"firstName": "Jo", "lastName": "Doe"}},
        ],
    },
    "gorgias": {
        "data": [
            {"id": 1, "body_text": TOLD, "score": 5, "customer_id": 9, "ticket_id": 4,
             "created_datetime": "2026-03-01T08:00:00", "sent_datetime": "2026-03-01T09:00:00",
             "scored_datetime": "2026-03-02T08:00:00"},
        ],
    },
    "google-business": {
        "reviews": [
            {"name": "accounts/1/locations/Quay/reviews/r1", "reviewId": "r1", "starRating": "FIVE", "comment": TOLD,
             "reviewer": {"displayName": "Jo Doe", "profilePhotoUrl": "https://example.com/p", "isAnonymous": False},
             "createTime": "2026-03-02T08:00:00.123456Z", "updateTime": "2026-03-02T08:00:00.123456Z",
             "reviewReply": {"comment": "Thank you for telling us about this lovely day.",
                             "updateTime": "2026-03-03T08:00:00Z"}},
        ],
        "averageRating": 5,
    },
    "yelp-fusion": {
        "reviews": [
            {"id": "r1", "url": "https://example.com/r1", "text": TOLD, "rating": 5,
             "time_created": "2026-03-02 08:00:00", "user": {"id": "u", "name": "Jo D."}},
        ],
        "total": 1,
    },
    "tripadvisor": {
        "data": [
            {"id": 1, "lang": "en", "location_id": 5, "published_date": "2026-03-02T08:00:00Z", "rating": 5,
             "helpful_votes": 0, "url": "https://example.com/1", "text": TOLD, "title": "Not lost any more",
             "trip_type": "Solo", "user": {"username": "jo"}, "owner_response": {"text": "We thank you very much."}},
        ],
    },
}  # fmt: skip


def imported(path: Path, *maps: str) -> tuple[str, Taken]:
    table = read_table(path)
    preset = presets.recognise(table.columns)
    assert preset is not None
    presets.without_extra_header(table, preset)
    columns = resolve(table, parse(maps), preset)
    return preset.name, take(table, columns, Settings(preset.name, "b", date(2026, 10, 5)), preset)


@pytest.mark.parametrize("name", sorted(JSONS))
def test_json_exports(tmp_path: Path, name: str) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(JSONS[name]), "utf-8")
    found, taken = imported(path)
    assert found == name
    first = taken.stories[0]
    assert first.narrative == TOLD
    assert first.date == "2026-03-02"
    assert first.ratings[0].value == first.ratings[0].of
    assert first.record
    dump = " ".join(story.model_dump_json(exclude_defaults=True) for story in taken.stories)
    for private in ("Jo", '"jo"', "example.com", "thank"):
        assert private not in dump


def test_zendesk_counts_what_it_leaves(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(JSONS["zendesk-satisfaction"]), "utf-8")
    _, taken = imported(path)
    assert [story.ratings[0].value for story in taken.stories] == [1, 0]
    assert taken.skipped == {"the customer gave no answer": 1}
    assert (taken.stories[0].people, taken.stories[0].team) == (["7"], "3")


def test_google_takes_the_location_out_of_the_path(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(JSONS["google-business"]), "utf-8")
    assert imported(path)[1].stories[0].site == "Quay"


def test_yelp_lines(tmp_path: Path) -> None:
    path = tmp_path / "review.ndjson"
    line = {"review_id": "r1", "user_id": "u", "business_id": "b1", "stars": 5.0, "useful": 0, "funny": 0, "cool": 0,
            "text": TOLD, "date": "2026-03-02 08:00:00"}  # fmt: skip
    path.write_text(json.dumps(line) + "\n", "utf-8")
    name, taken = imported(path)
    assert name == "yelp"
    assert (taken.stories[0].site, taken.stories[0].record) == ("b1", "r1")


def test_qualtrics_with_its_three_header_rows(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(QUALTRICS, "utf-8")
    name, taken = imported(path)
    assert name == "qualtrics"
    assert [story.record for story in taken.stories] == ["R_0"]
    assert taken.stories[0].narrative == TOLD
    assert taken.skipped == {"it is a preview or spam": 1, "the survey was not finished": 1}
    assert "jo@example.com" not in taken.stories[0].model_dump_json()


def test_surveymonkey_with_its_second_header_row(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text(SURVEYMONKEY, "utf-8")
    name, taken = imported(path)
    assert name == "surveymonkey"
    assert [(s.record, s.date, s.narrative) for s in taken.stories] == [("114", "2026-03-14", TOLD)]


def test_gsa_a11(tmp_path: Path) -> None:
    path = tmp_path / "g.csv"
    path.write_text(GSA, "utf-8")
    name, taken = imported(path)
    assert name == "gsa-a11"
    assert (taken.stories[0].narrative, taken.stories[0].record) == (TOLD, "a-1")


def test_medallia(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text(f'a_unit_identifier,e_responsedate,comment\nQuay,2026-03-02,"{TOLD}"\n', "utf-8")
    name, taken = imported(path)
    assert name == "medallia"
    assert (taken.stories[0].site, taken.stories[0].narrative) == ("Quay", TOLD)


def test_names_of_presets() -> None:
    assert presets.find("Qualtrics-CSV").name == "qualtrics"
    with pytest.raises(Usage, match="Did you mean --preset zendesk-tickets"):
        presets.find("zendesk-ticket")
    with pytest.raises(Usage, match="There are qualtrics"):
        presets.find("xyzxyz")
    assert presets.recognise(["text", "date"]) is None
    assert len({preset.name for preset in presets.PRESETS}) == len(presets.PRESETS)
