"""What `init` writes: the commented page of the organisation, and what git shall not keep."""

from servicestory.yaml_write import scalar

IGNORED = """\
# Made again at any time
.servicestory/
# Stories somebody has not finished telling
drafts/
"""


def organisation_page(name: str | None) -> str:
    """A `servicestory.yaml` that works as it is and explains every field it could have."""
    return _PAGE.replace("ORGANISATION", scalar(name or "Our organisation"))


_PAGE = """\
# The organisation in one page. Everything but the first two lines is optional: take away the # of what you
# want to use. A service manager can fill this in during one coffee; `servicestory check` reads it.
schema: 1
organisation: ORGANISATION

# The language the stories are told in, and what you call the people you serve: guest, patient, client ...
language: en
customer_word: customer

# What service do we promise? One or two sentences everybody here could say by heart.
# vision: Everybody leaves us feeling that somebody thought of them.
# values:
#   - We notice
#   - We own it until it is done

# The standards of service; a practice can say which one it serves.
# standards:
#   - id: S1
#     name: Known by name
#     statement: We use what we know of a customer so that nobody has to tell us twice.

# Where we work; `eligible` is how many people could adopt a practice there.
# sites:
#   - name: Harbour House
#     eligible: 24
# teams:
#   - name: Front desk
#     site: Harbour House

# The people who work here, so that their names in stories are recognised and replaced in what is shown.
# staff:
#   - name: Maria Lindqvist
#     aliases: [Mia]
#     role: receptionist
#     team: Front desk
#     site: Harbour House

# How the year is cut up for reviews: month, quarter or year.
periods:
  kind: quarter

# What is taken out of texts on the way in, and how small a group may be shown in figures about people.
privacy:
  redact: yes
  pseudonyms: yes
  smallest_group: 5

# After how many months a practice or procedure is looked at again.
review_months: 12
"""
