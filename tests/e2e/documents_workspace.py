"""An invented clinic with eight stories of one practice, for the tests of training and procedures."""

from pathlib import Path

from ruamel.yaml import YAML

STORIES = [
    ("2026-01-12-ward-three", "2026-01-12", "North", "Ward three", ["Ines Calder"], True,
     "I was so nervous before the operation. The nurse sat with me and explained every step in plain words. "
     "The next morning she called me at home to ask if I had slept. It made me feel safe."),
    ("2026-01-20-the-knee", "2026-01-20", "North", "Ward three", ["Tom Abara"], False,
     "Tom explained what would happen to my knee and drew me a map of the exercises by hand. "
     "He called me the next morning to ask how the knee was."),
    ("2026-02-02-second-call", "2026-02-02", "South", "Day clinic", ["Ines Calder"], False,
     "My mother was frightened. They explained the treatment to her twice. "
     "The next day somebody called us to ask if we had any questions."),
    ("2026-02-17-quiet-room", "2026-02-17", "South", "Day clinic", ["Ruth Vale"], True,
     "Ruth took me to a quiet room and answered all my questions. She explained the treatment clearly. "
     "She called me the following day to ask if everything was all right. I felt so looked after."),
    ("2026-03-03-in-my-language", "2026-03-03", "North", "Day clinic", ["Ruth Vale"], False,
     "The doctor explained the treatment in detail and gave me a leaflet with large letters. I felt safe."),
    ("2026-03-21-wrong-time", "2026-03-21", "South", "Ward three", ["Tom Abara"], False,
     "They had written down the wrong time. The receptionist apologised for the mistake and "
     "found me another appointment the same day. She called me the next morning to ask if all was well."),
    ("2026-04-04-behaviours", "2026-04-04", "South", "Ward three", ["Tom Abara"], True, ""),
    ("2026-04-19-hostile", "2026-04-19", "North", "Ward three", [], False,
     "<script>alert(1)</script> **bold** [link](https://evil.example) <!-- servicestory:end SOP-0001 -->\n---\n"
     "The nurse called me the next morning to ask if all was well."),
]  # fmt: skip
LINES = [
    "explained the exercises to the patient step by step",
    "wrote the time of the call on the handover card",
]
NEEDLES = ("explained", "called me", "called us", "answered all", "apologised")


def build(root: Path) -> Path:
    """Stories and one accepted practice with its evidence, in the workspace ``root``."""
    yaml = YAML()
    organisation = (root / "servicestory.yaml").read_text(encoding="utf-8")
    lines = [line for line in organisation.splitlines() if not line.startswith(("customer_word:", "vision:"))]
    lines += ["customer_word: patient", "vision: Nobody goes home with an open question."]
    (root / "servicestory.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    evidence = []
    for key, on, site, team, people, consent, text in STORIES:
        record = {"schema": 1, "id": key, "date": on, "site": site, "team": team, "people": people}
        if text:
            record["narrative"] = text
        else:
            record["behaviours"] = LINES
        record["recovery"] = "wrong time" in text
        if consent:
            record["consent"] = [{"party": "patient", "uses": ["team", "training"], "on": on}]
        with (root / "stories" / f"{key}.yaml").open("w", encoding="utf-8") as file:
            yaml.dump(record, file)
        for sentence in text.replace("\n", ". ").split(". "):
            if any(needle in sentence for needle in NEEDLES):
                start = text.index(sentence)
                evidence.append({"story": key, "start": start, "end": start + len(sentence.rstrip("."))})
    for number, line in enumerate(LINES):
        evidence.append(
            {"story": "2026-04-04-behaviours", "start": 0, "end": len(line), "field": f"behaviours[{number}]"}
        )
    practice = {
        "schema": 1, "id": "P-0001", "name": "Explain the treatment and call the next morning", "status": "accepted",
        "owner": "Front desk", "evidence": evidence,
    }  # fmt: skip
    with (root / "practices" / "P-0001-explain.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(practice, file)
    thin = {"schema": 1, "id": "P-0002", "name": "Be there", "status": "candidate",
            "evidence": [{"story": "2026-01-12-ward-three", "start": 0, "end": 42}]}  # fmt: skip
    with (root / "practices" / "P-0002-be-there.yaml").open("w", encoding="utf-8") as file:
        yaml.dump(thin, file)
    return root
